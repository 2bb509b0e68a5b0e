var $n : Integer
$n:=2
If ($n==2)
	ALERT("two")
End if
