// A signal is a shared object with a flag that stays up.
var $s : 4D.Signal
$s:=New signal("first")
ALERT($s.description+" "+String($s.signaled)+" "+OB Class($s).name+" "+String(OB Is shared($s)))
ALERT(String($s.wait(0))+" "+String($s.wait(0.01))+" "+String($s.wait(-1)))
Use ($s)
	$s.description:="second"
	$s.result:=42
End use
ALERT($s.description+" "+String($s.result))
Try
	$s.description:="outside"
Catch
	ALERT("only inside Use")
End try
Use ($s)
	Try
		$s.signaled:=True
	Catch
		ALERT("only read")
	End try
End use
$s.trigger()
$s.trigger()
ALERT(String($s.signaled)+" "+String($s.wait()))
ALERT("["+New signal.description+"]")
