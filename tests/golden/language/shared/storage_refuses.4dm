// Storage holds shared objects and collections only, and they stay in their own groups.
var $a; $b : Object
Use (Storage)
	Storage.a:=New shared object("n"; 1)
	Storage.list:=New shared collection("x")
	Try
		Storage.n:=1
	Catch
		ALERT("no scalar")
	End try
	Try
		Storage.o:=New object
	Catch
		ALERT("not shared")
	End try
End use
$a:=New shared object
Use ($a)
	// Storage.a is alone in its group: it may join this one.
	$a.child:=Storage.a
End use
ALERT(OB Keys(Storage).join(" ")+" "+String($a.child=Storage.a))
