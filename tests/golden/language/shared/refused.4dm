// What a shared object refuses: changes outside Use, and what is not shared.
var $s : Object
var $c : Collection
$s:=New shared object("n"; 1)
$c:=New shared collection(1)
Try
	$s.n:=2
Catch
	ALERT("outside")
End try
Try
	$c[0]:=2
Catch
	ALERT("outside too")
End try
Use ($s)
	Try
		$s.o:=New object
	Catch
		ALERT(String(Last errors[0].errCode))
	End try
	Try
		$s.p:=->$s
	Catch
		ALERT(String(Last errors[0].errCode))
	End try
	$s.date:=!2024-02-29!
	$s.time:=?01:00:00?
	$s.nothing:=Null
	$s.flag:=True
End use
ALERT(String($s.n)+" "+String($c[0])+" "+JSON Stringify($s.nothing)+" "+String($s.date=!2024-02-29!)+" "+String($s.flag))
Try
	Use (New object)
	End use
Catch
	ALERT("not shared")
End try
