// A worker runs its messages one after the other in one process; after KILL WORKER a new one starts afresh.
var $signal : 4D.Signal
var $i : Integer
For ($i; 1; 3)
	CALL WORKER("counter"; "Count up")
End for
$signal:=New signal
CALL WORKER("counter"; "Count up"; $signal)
$signal.wait(10)
ALERT(String($signal.count)+" "+$signal.process+" "+String($signal.type))
KILL WORKER("counter")
$signal:=New signal
CALL WORKER("counter"; "Count up"; $signal)
$signal.wait(10)
ALERT(String($signal.count))
// An empty name calls what started the worker.
CALL WORKER("counter"; "")
$signal:=New signal
CALL WORKER("counter"; "Count up"; $signal)
$signal.wait(10)
ALERT(String($signal.count))
// Names of workers are case-sensitive; what does not exist is not called by number, nor killed.
CALL WORKER(99; "Count up")
KILL WORKER("nobody")
KILL WORKER(99)
