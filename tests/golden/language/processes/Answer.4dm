#DECLARE($signal : 4D.Signal; $text : Text)
Use ($signal)
	$signal.text:=$text
End use
$signal.trigger()
