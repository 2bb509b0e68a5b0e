// One trigger wakes all that wait.
var $go; $done : Object
var $i; $p : Integer
$go:=New signal
$done:=New shared object("n"; 0)
For ($i; 1; 5)
	$p:=New process("Wait and count"; 0; ""; $go; $done)
End for
$go.trigger()
While ($done.n<5)
	DELAY PROCESS(Current process; 1)
End while
ALERT(String($done.n))
