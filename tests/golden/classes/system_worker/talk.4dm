// Programs that are fed, listened to, ended; with callbacks in their order.
var $w : 4D.SystemWorker
var $o : Object
var $blob : Blob
var calls : Collection
var $d : 4D.Folder
calls:=New collection()
$o:=New object
$o.onData:=Formula(calls.push("data "+$2.type+" "+Replace string($2.data; Char(10); "|")+" "+OB Class($1).name))
$o.onDataError:=Formula(calls.push("err "+$2.type+" "+$2.data))
$o.onResponse:=Formula(calls.push("response "+$2.type+" "+$1.response))
$o.onError:=Formula(calls.push("error"))
$o.onTerminate:=Formula(calls.push("terminate "+$2.type+" "+String(This.tag)))
$o.tag:="mine"
$w:=4D.SystemWorker.new("/bin/sh -c \"printf 'é one'; printf problem >&2; sleep 0.1; printf ' two'; exit 3\""; $o)
ALERT(String($w.terminated)+" "+String(Undefined($w.exitCode))+" "+String($w.pid>0))
ALERT(String(OB Class($w.wait()).name)+" "+String($w.terminated)+" "+String($w.exitCode)+" "+$w.response+" "+$w.responseError+" "+String(Undefined($w.errors)))
ALERT(calls.filter(Formula($1.value="data@")).map(Formula(Substring($1.value; 11))).join("")+"!")
ALERT(calls.filter(Formula($1.value#"data@")).join(", "))
// Its input
$w:=4D.SystemWorker.new("cat")
$w.postMessage("first ")
TEXT TO BLOB("second ü"; $blob; UTF8 text without length)
$w.postMessage($blob)
ALERT(String($w.wait(0.05).terminated))
$w.closeInput()
ALERT($w.wait(5).response)
// Bytes
$w:=4D.SystemWorker.new("cat"; New object("dataType"; "blob"))
SET BLOB SIZE($blob; 3; 255)
$w.postMessage($blob)
$w.closeInput()
$blob:=$w.wait(5).response
ALERT(String(BLOB size($blob))+" "+String($blob{2})+" "+$w.dataType+" "+String(Undefined($w.encoding)))
$w:=4D.SystemWorker.new("printf '\\351t\\351'"; New object("encoding"; "ISO-8859-1"))
ALERT($w.wait(5).response+" "+$w.encoding)
// Folder and environment
$d:=Folder(Temporary folder; fk platform path).folder("t_"+Generate UUID)
$d.create()
$d.file("here.txt").create()
$o:=New object("currentDirectory"; $d; "variables"; New object("NAME"; "value"; "N"; 12); "hideWindow"; False)
$w:=4D.SystemWorker.new("sh -c 'ls; echo $NAME $N'"; $o)
ALERT(Replace string($w.wait(5).response; Char(10); "|")+String($w.currentDirectory.fullName=$d.fullName))
ALERT(String($w.hideWindow))
$w.hideWindow:=True
ALERT(String($w.hideWindow))
ALERT(String(4D.SystemWorker.new("true").currentDirectory=Null))
$d.delete(Delete with contents)
// Ended by its time, and by the program
calls:=New collection()
$o:=New object("timeout"; 0.1; "onResponse"; Formula(calls.push("response")); "onError"; Formula(calls.push("error")); "onTerminate"; Formula(calls.push("terminate")))
$w:=4D.SystemWorker.new("sleep 20"; $o)
ALERT(String($w.wait(10).terminated)+" "+String(Undefined($w.exitCode))+" "+String($w.errors[0].errorCode)+" "+String($w.timeout)+" "+calls.join(","))
calls:=New collection()
$o.timeout:=Null
$w:=4D.SystemWorker.new("sleep 20"; $o)
$w.terminate()
ALERT(String($w.wait(10).terminated)+" "+String(Undefined($w.exitCode))+" "+String(Undefined($w.errors))+" "+String(Undefined($w.timeout))+" "+calls.join(","))
// What goes wrong
var $i : Integer
For ($i; 1; 7)
	Try
		Case of
			: ($i=1)
				$w:=4D.SystemWorker.new("no_such_program_here")
			: ($i=2)
				$w:=4D.SystemWorker.new("")
			: ($i=3)
				$w:=4D.SystemWorker.new("true"; New object("onData"; 12))
			: ($i=4)
				$w:=4D.SystemWorker.new("true"; New object("dataType"; "picture"))
			: ($i=5)
				$w:=4D.SystemWorker.new("true"; New object("currentDirectory"; $d))
			: ($i=6)
				$w:=4D.SystemWorker.new("true"; New object("encoding"; "none such"))
			: ($i=7)
				$w:=4D.SystemWorker.new("echo x"; New object("onResponse"; Formula(throw(77; "thrown"))))
				$w.wait(5)
		End case
		ALERT("no error in "+String($i))
	Catch
		ALERT(String($i)+": "+String(Last errors[0].errCode))
	End try
End for
