#DECLARE($signal : 4D.Signal)
$signal.trigger()
