#DECLARE($signal : 4D.Signal)
ALERT(<>shared)
<>shared:="new"
own:="theirs"
$signal.trigger()
