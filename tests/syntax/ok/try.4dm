Try
	f($a)
Catch
	return
End try
$v:=Try(f($a)/2).x
Try(f)
