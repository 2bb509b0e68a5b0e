// Interprocess variables are seen by all processes; process variables are not.
var $signal : 4D.Signal
<>shared:="old"
own:="mine"
$signal:=New signal
CALL WORKER("w"; "Change both"; $signal)
$signal.wait(10)
ALERT(<>shared+" "+own)
