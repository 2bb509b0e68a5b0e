#DECLARE($who : Text; $signal : 4D.Signal)
ALERT($who+": "+Session.info.type+" "+String(Session.id=Session info(4).ID))
If ($signal#Null)
	$signal.trigger()
End if
