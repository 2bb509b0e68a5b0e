#DECLARE($a : Object; $b : Object; $ready : 4D.Signal; $done : 4D.Signal)
Use ($b)
	$ready.trigger()
	Try
		Use ($a)
			$a.n:=$a.n+1
		End use
	Catch
		ALERT("deadlock")
	End try
End use
$done.trigger()
