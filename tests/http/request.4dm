// A request and its answer in all forms.
#DECLARE($server : Text)
var $base : Text
var $r : 4D.HTTPRequest
var $o : Object
var $b : Blob
$base:="http://"+$server
$r:=4D.HTTPRequest.new($base+"/hello").wait()
ALERT(String($r.terminated)+" "+String($r.response.status)+" "+$r.response.statusText+" "+$r.response.body)
ALERT($r.method+" "+$r.dataType+" "+$r.encoding+" "+$r.protocol+" "+JSON Stringify($r.headers)+" "+String($r.returnResponseBody)+" "+String(Undefined($r.timeout))+" "+String(Undefined($r.errors)))
ALERT($r.url+" "+OB Class($r).name+" "+OB Class($r.agent).name)
$r:=4D.HTTPRequest.new($base+"/json").wait()
ALERT(JSON Stringify($r.response.body)+" "+$r.response.statusText)
ALERT(JSON Stringify($r.response.headers))
ALERT(JSON Stringify($r.response.rawHeaders))
$r:=4D.HTTPRequest.new($base+"/json"; New object("dataType"; "text")).wait()
ALERT($r.response.body)
$r:=4D.HTTPRequest.new($base+"/json"; New object("dataType"; "blob")).wait()
$b:=$r.response.body
ALERT(String(BLOB size($b)))
$r:=4D.HTTPRequest.new($base+"/bytes").wait()
ALERT(OB Class($r.response.body).name+" "+String($r.response.body.size)+" "+String($r.response.body[1]))
ALERT(4D.HTTPRequest.new($base+"/latin").wait().response.body+" "+4D.HTTPRequest.new($base+"/html").wait().response.body)
ALERT(4D.HTTPRequest.new($base+"/gzip").wait().response.body+" "+4D.HTTPRequest.new($base+"/chunks").wait().response.body)
ALERT(4D.HTTPRequest.new($base+"/query?a=b c&d=é").wait().response.body)
ALERT(4D.HTTPRequest.new($base+"/agent").wait().response.body)
$r:=4D.HTTPRequest.new($base+"/empty").wait()
ALERT(String($r.response.status)+" "+OB Class($r.response.body).name+" "+String($r.response.body.size))
// Bodies
$o:=New object("method"; "post"; "body"; "tëxt"; "headers"; New object("X-Mine"; "m"))
$r:=4D.HTTPRequest.new($base+"/echo"; $o).wait()
ALERT($r.response.body+" "+$r.method)
$o:=New object("method"; "PUT"; "body"; New object("a"; 1))
ALERT(4D.HTTPRequest.new($base+"/echo"; $o).wait().response.body)
TEXT TO BLOB("bytes"; $b; UTF8 text without length)
$o:=New object("method"; "POST"; "body"; $b)
ALERT(4D.HTTPRequest.new($base+"/echo"; $o).wait().response.body)
$o:=New object("method"; "POST"; "body"; "<a/>"; "headers"; New object("content-type"; "text/xml"; "X-Mine"; New collection("1"; "2")))
ALERT(4D.HTTPRequest.new($base+"/echo"; $o).wait().response.body)
$r:=4D.HTTPRequest.new($base+"/hello"; New object("method"; "HEAD")).wait()
ALERT(String($r.response.status)+" "+$r.response.headers["content-length"])
ALERT(String(4D.HTTPRequest.new($base+"/missing").wait().response.status))
// Redirections
$o:=New object("method"; "POST"; "body"; "b")
ALERT(4D.HTTPRequest.new($base+"/go"; $o).wait().response.body)
ALERT(4D.HTTPRequest.new($base+"/keep"; $o).wait().response.body)
ALERT(String(4D.HTTPRequest.new($base+"/go"; New object("automaticRedirections"; False)).wait().response.status))
ALERT(String(4D.HTTPRequest.new($base+"/round").wait().response.status))
// Users
$o:=New object("serverAuthentication"; New object("name"; "john"; "password"; "smith"; "method"; "basic"))
ALERT(4D.HTTPRequest.new($base+"/basic"; $o).wait().response.body)
$o.serverAuthentication.method:="auto"
ALERT(4D.HTTPRequest.new($base+"/basic"; $o).wait().response.body+" "+4D.HTTPRequest.new($base+"/digest"; $o).wait().response.body)
ALERT(4D.HTTPRequest.new("http://john:smith@"+$server+"/basic").wait().response.body)
ALERT(String(4D.HTTPRequest.new($base+"/basic").wait().response.status))
// Agents keep connections, unless they are told not to
var $agent : 4D.HTTPAgent
$agent:=4D.HTTPAgent.new(New object("maxSockets"; 3; "timeout"; 10))
ALERT(String($agent.requestsCount)+" "+String($agent.freeSocketsCount)+" "+String($agent.options.maxSockets)+" "+String(OB Is shared($agent)))
ALERT(4D.HTTPRequest.new($base+"/count"; New object("agent"; $agent)).wait().response.body)
ALERT(4D.HTTPRequest.new($base+"/count"; New object("agent"; $agent)).wait().response.body)
$agent:=4D.HTTPAgent.new(New object("keepAlive"; False))
ALERT(4D.HTTPRequest.new($base+"/count"; New object("agent"; $agent)).wait().response.body)
ALERT(4D.HTTPRequest.new($base+"/count"; New object("agent"; $agent)).wait().response.body)
