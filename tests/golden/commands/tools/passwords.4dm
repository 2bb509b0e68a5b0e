// bcrypt: 72 bytes count, and what options may not be is an error of 4D's own number.
ALERT(Substring(Generate password hash("x"; New object("cost"; 4)); 1; 7))
ALERT(String(Verify password hash("x"; "no hash")))
Try
	ALERT(Generate password hash("x"; New object("cost"; 3)))
Catch
	ALERT(String(Last errors[0].errCode))
End try
Try
	ALERT(Generate password hash("x"; New object("algorithm"; "Bcrypt")))
Catch
	ALERT(String(Last errors[0].errCode))
End try
