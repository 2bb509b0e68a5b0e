#DECLARE($tag : Text)
var $o : Object
var $w : 4D.SystemWorker
$o:=New object
$o.tag:=$tag
$o.onResponse:=Formula(ALERT(This.tag+": "+$1.response))
$o.onTerminate:=Formula(ALERT("end in "+Current process name))
$w:=4D.SystemWorker.new("sh -c 'sleep 0.1; printf hello'"; $o)
ALERT("started")
