// QUIT 4D ends all: what still runs is stopped, and nothing after it is done.
var $p : Integer
$p:=New process("Sleep"; 0)
ALERT("before")
QUIT 4D
ALERT("after")
