#DECLARE($go : 4D.Signal; $done : Object)
$go.wait()
Use ($done)
	$done.n:=$done.n+1
End use
