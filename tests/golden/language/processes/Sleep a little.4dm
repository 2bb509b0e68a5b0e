#DECLARE($who : Text)
DELAY PROCESS(Current process; $who="worker" ? 6 : 12)
Say($who)
If ($who="process")
	CALL WORKER(1; "Say"; "last")
End if
