#DECLARE($signal : 4D.Signal)
var $types : Text
var $i : Integer
For ($i; 2; Count parameters)
	$types:=$types+String(Value type(${$i}))+" "
End for
$7.n:=$7.n+10
Use ($8)
	$8.n:=$8.n+10
End use
Use ($signal)
	$signal.types:=$types+String($7.self=$7)+" "+String(Value type($9))
End use
$signal.trigger()
