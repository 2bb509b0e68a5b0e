// What the main process sends to itself is run when its method has ended.
CALL WORKER(1; "Say"; "later")
ALERT("now")
