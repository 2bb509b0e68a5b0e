// Pausing and delaying: the states, and the end of both by RESUME PROCESS.
var $signal : 4D.Signal
var $p : Integer
$signal:=New signal
$p:=New process("Wait for"; 0; "patient"; $signal)
PAUSE PROCESS($p)
Repeat
	IDLE
Until (Process state($p)=Paused)
$signal.trigger()
DELAY PROCESS(Current process; 3)
ALERT(String(Process state($p)=Paused))
RESUME PROCESS($p)
While (Process state($p)>=0)
	IDLE
End while
ALERT("gone")
// The main process is never paused.
PAUSE PROCESS(1)
ALERT("here")
$p:=New process("Sleep"; 0; "sleeper")
Repeat
	IDLE
Until (Process state($p)=Delayed)
RESUME PROCESS($p)
// What does not exist is no error.
PAUSE PROCESS(99)
RESUME PROCESS(99)
DELAY PROCESS(99; 1)
