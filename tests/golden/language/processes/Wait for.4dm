#DECLARE($signal : 4D.Signal)
$signal.wait()
