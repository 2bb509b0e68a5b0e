// A formula crosses to the worker with what it captured; its parameters are copies.
var $signal : 4D.Signal
var $text : Text
var $object : Object
$signal:=New signal
$text:="captured"
$object:=New object("n"; 1; "list"; New collection(1; 2))
CALL WORKER("w"; Formula(Answer($1; $text+" "+String($2.n)+" "+$2.list.join("-"))); $signal; $object)
$object.n:=2
$signal.wait(10)
ALERT($signal.text)
