// A semaphore belongs to the process that set it, and is cleared when that process ends.
var $held; $go : 4D.Signal
var $p : Integer
$held:=New signal
$go:=New signal
$p:=New process("Hold semaphore"; 0; "holder"; $held; $go)
$held.wait(10)
ALERT(String(Test semaphore("door"))+" "+String(Semaphore("door"))+" "+String(Semaphore("door"; 2)))
CLEAR SEMAPHORE("door")
ALERT(String(Test semaphore("door")))
$go.trigger()
ALERT(String(Semaphore("door"; 600)))
ALERT(String(Test semaphore("door")))
CLEAR SEMAPHORE("door")
ALERT(String(Test semaphore("door")))
