// A method that does not exist is an error where it is asked for.
Try
	CALL WORKER("w"; "Trigge"; 1)
Catch
	ALERT(String(Last errors[0].errCode)+" "+Last errors[0].message)
End try
Try
	var $p : Integer
	$p:=New process("no such method"; 0)
Catch
	ALERT(String(Last errors[0].errCode))
End try
