// All stored procedures share one session, made when the table has none; workers stay in the session that calls them.
var $signal : 4D.Signal
$signal:=New signal
EXECUTE METHOD("Tell session"; *; "here")
var $number : Integer
$number:=Execute on server("Tell session"; 0; "procedure"; "procedure"; $signal)
$signal.wait(10)
$signal:=New signal
$number:=New process("Tell session"; 0; "process"; "process"; $signal)
$signal.wait(10)
$signal:=New signal
CALL WORKER("worker"; "Tell session"; "worker"; $signal)
$signal.wait(10)
ALERT(JSON Stringify(Session info(5).type))
