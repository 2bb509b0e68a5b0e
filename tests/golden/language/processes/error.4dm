// test: exit 1
// An error that a process does not catch ends that process only, and the program with exit code 1.
var $p : Integer
var $signal : 4D.Signal
CALL WORKER("w"; "Divide by nothing")
$signal:=New signal
CALL WORKER("w"; "Trigger"; $signal)
ALERT(String($signal.wait(10)))
