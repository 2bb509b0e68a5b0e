// A character or a byte that is changed in place changes one variable, not those that hold the same value.
var $a; $b; $left : Text
var $x; $y : Blob
var $i : Integer
$a:="abcd"
$b:=$a
$b[[2]]:="X"
ALERT($a+" "+$b)
$b[[3]]:=""
ALERT($b)
$b[[4]]:="€uro"
ALERT($b)
$b[[4]]:="d"
ALERT($b)
For ($i; 1; Length($a))
	$a[[$i]]:=$a[[Length($a)-$i+1]]
End for
ALERT($a)
Try
	$a[[5]]:="z"
Catch
	ALERT("no fifth")
End try
SET BLOB SIZE($x; 3; 7)
$y:=$x
$y{0}:=300
$y{2}:=1
ALERT(String($x{0})+" "+String($y{0})+" "+String($y{1})+" "+String($y{2}))
