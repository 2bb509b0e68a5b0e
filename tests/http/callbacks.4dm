// Callbacks in their order, with the options as This.
#DECLARE($server : Text)
var $base : Text
var $r : 4D.HTTPRequest
var $o : Object
var calls : Collection
$base:="http://"+$server
calls:=New collection()
$o:=New object("tag"; "mine")
$o.onHeaders:=Formula(calls.push("headers "+$2.type+" "+String($1.response.status)))
$o.onData:=Formula(calls.push("data "+$2.type+" "+String($2.data.size>0)))
$o.onResponse:=Formula(calls.push("response "+$2.type+" "+($1.response.status=204 ? "" : $1.response.body)+" "+String($1.terminated)))
$o.onError:=Formula(calls.push("error "+$2.type+" "+String($1.errors[0].errCode)))
$o.onTerminate:=Formula(calls.push("terminate "+$2.type+" "+This.tag))
$r:=4D.HTTPRequest.new($base+"/hello"; $o).wait(10)
ALERT(calls.join(", "))
ALERT(String($r.terminated))
calls.resize(0)
$r:=4D.HTTPRequest.new($base+"/close"; $o).wait(10)
ALERT(calls.join(", ")+" "+String(Undefined($r.response)))
calls.resize(0)
$r:=4D.HTTPRequest.new($base+"/empty"; $o).wait(10)
ALERT(calls.join(", "))
// Ended by the program
calls.resize(0)
$r:=4D.HTTPRequest.new($base+"/slow"; $o)
ALERT(String($r.wait(0.1).terminated))
$r.terminate()
ALERT(String($r.wait(10).terminated)+" "+calls.join(", ")+" "+String(Undefined($r.errors)))
// No body kept
calls.resize(0)
$o.returnResponseBody:=False
$o.onResponse:=Formula(calls.push("response "+String(Undefined($1.response.body))))
$r:=4D.HTTPRequest.new($base+"/chunks"; $o).wait(10)
ALERT(calls[calls.length-2])
// Packed data, as it comes or unpacked
var total : Integer
total:=0
$o:=New object("onData"; Formula(total:=total+$2.data.size); "decodeData"; True)
$r:=4D.HTTPRequest.new($base+"/gzip"; $o).wait(10)
ALERT(String(total)+" "+$r.response.body)
// Two at a time
$r:=4D.HTTPRequest.new($base+"/hello")
var $r2 : 4D.HTTPRequest
$r2:=4D.HTTPRequest.new($base+"/json")
ALERT($r2.wait().response.statusText+" "+$r.wait().response.statusText)
// In a worker callbacks run without wait
CALL WORKER("asks"; "Ask"; $base)
