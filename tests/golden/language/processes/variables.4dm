// Variables of another process are read and written by name, whole arrays and elements too.
var $signal; $done : 4D.Signal
var $p; $n : Integer
var $text : Text
$signal:=New signal
$done:=New signal
$p:=New process("Keep variables"; 0; "keeper"; $signal; $done)
$signal.wait(10)
count:=-1
GET PROCESS VARIABLE($p; count; $n)
ALERT(String($n)+" "+String(count))
SET PROCESS VARIABLE($p; count; 7; note; "hello")
GET PROCESS VARIABLE($p; count; count; note; $text)
ALERT(String(count)+" "+$text)
ARRAY LONGINT(list; 0)
GET PROCESS VARIABLE($p; list; list)
ALERT(String(Size of array(list))+" "+String(list{2}))
GET PROCESS VARIABLE($p; list{3}; $n)
ALERT(String($n))
list{1}:=100
VARIABLE TO VARIABLE($p; list; list)
GET PROCESS VARIABLE($p; list{1}; $n)
ALERT(String($n))
SET PROCESS VARIABLE($p; list{2}; 55)
GET PROCESS VARIABLE($p; list{2}; $n)
ALERT(String($n))
$done.trigger()
While (Process state($p)>=0)
	DELAY PROCESS(Current process; 1)
End while
// Reading from a process that is over has no effect; writing is an error.
GET PROCESS VARIABLE($p; count; $n)
ALERT(String($n))
Try
	SET PROCESS VARIABLE($p; count; 1)
Catch
	ALERT("over")
End try
