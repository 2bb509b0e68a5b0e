// What is put into a shared object joins its group; two groups never join.
var $a; $b; $c; $d : Object
$a:=New shared object
$b:=New shared object
Use ($a)
	$a.b:=$b
	// The group is held: the child can be changed too.
	$b.n:=1
End use
ALERT(String($a.b.n))
$c:=New shared object
$d:=New shared object
Use ($c)
	$c.d:=$d
End use
Use ($a)
	Try
		$a.d:=$d
	Catch
		ALERT("two groups")
	End try
End use
Use ($c)
	$c.d:=Null
End use
Use ($a)
	Try
		$a.d:=$d
	Catch
		ALERT("still two")
	End try
End use
// A nest is built from the inside out.
ALERT(New shared object("x"; New shared object("y"; New shared collection(1; 2))).x.y.join("+"))
