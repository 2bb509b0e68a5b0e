// Processes wait their turn: no change is lost.
var $counter : Object
var $i; $p : Integer
$counter:=New shared object("n"; 0; "left"; 4)
For ($i; 1; 4)
	$p:=New process("Count shared"; 0; "p"+String($i); $counter)
End for
While ($counter.left>0)
	DELAY PROCESS(Current process; 1)
End while
ALERT(String($counter.n))
