#DECLARE($counter : Object)
var $i : Integer
For ($i; 1; 500)
	Use ($counter)
		$counter.n:=$counter.n+1
	End use
End for
Use ($counter)
	$counter.left:=$counter.left-1
End use
