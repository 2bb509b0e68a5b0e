// ABORT ends the process that calls it; the others go on.
var $p : Integer
$p:=New process("Give up"; 0)
While (Process state($p)>=0)
	IDLE
End while
ALERT("main goes on")
