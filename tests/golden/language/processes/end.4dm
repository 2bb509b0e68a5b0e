// The program waits for processes that work, and for what they send to the main process; idle workers end with it.
var $p : Integer
CALL WORKER("idle"; "Sleep a little"; "worker")
$p:=New process("Sleep a little"; 0; ""; "process")
CALL WORKER(1; "Say"; "main")
CALL WORKER(Current process name; Formula(Say($1)); "and again")
ALERT("first")
