ALERT("giving up")
Try
	ABORT
Catch
	ALERT("nothing to catch")
End try
ALERT("never")
