// On a client privileges can be asked for, not changed.
ALERT(String(Application type))
ALERT(String(Session.getPrivileges().length)+" "+String(Session.hasPrivilege("x"))+" "+String(Session.isGuest()))
Try
	Session.setPrivileges("x")
Catch
	ALERT(Last errors[0].message)
End try
