#DECLARE($held : 4D.Signal; $go : 4D.Signal)
If (Not(Semaphore("door")))
	$held.trigger()
	$go.wait()
End if
