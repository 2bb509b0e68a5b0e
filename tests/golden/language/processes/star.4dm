// With * no second process of a name is started.
var $signal : 4D.Signal
var $first; $second : Integer
$signal:=New signal
$first:=New process("Wait for"; 0; "sentry"; $signal)
$second:=New process("Wait for"; 0; "sentry"; $signal; *)
ALERT(String($first=$second)+" "+String(Process number("sentry")=$first)+" "+String(Count tasks))
$signal.trigger()
