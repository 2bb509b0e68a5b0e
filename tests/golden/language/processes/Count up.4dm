#DECLARE($signal : 4D.Signal)
var counter : Integer
counter:=counter+1
If ($signal#Null)
	Use ($signal)
		$signal.count:=counter
		$signal.process:=Current process name
		$signal.type:=Process info(Current process).type
	End use
	$signal.trigger()
End if
