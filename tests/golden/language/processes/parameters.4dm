// What a process is given keeps its type; objects are copied, shared objects are not.
var $integer : Integer
var $real : Real
var $object; $shared : Object
var $signal : 4D.Signal
$integer:=1
$real:=1
$object:=New object("n"; 1)
$object.self:=$object
$shared:=New shared object("n"; 1)
$signal:=New signal
var $p : Integer
$p:=New process("Look"; 0; "look"; $signal; $integer; $real; "x"; !2024-02-29!; ?12:30:00?; $object; $shared; Null)
$signal.wait(10)
ALERT($signal.types)
ALERT(String($object.n)+" "+String($shared.n))
