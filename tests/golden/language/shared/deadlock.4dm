// Two processes that wait for each other: one of them gets an error instead of waiting for ever.
var $a; $b : Object
var $ready; $done : 4D.Signal
var $p : Integer
$a:=New shared object("n"; 0)
$b:=New shared object("n"; 0)
$ready:=New signal
$done:=New signal
Use ($a)
	$p:=New process("Take other first"; 0; "other"; $a; $b; $ready; $done)
	$ready.wait(10)
	Try
		Use ($b)
			$b.n:=$b.n+1
		End use
	Catch
		ALERT("deadlock")
	End try
End use
$done.wait(10)
ALERT(String($a.n+$b.n))
