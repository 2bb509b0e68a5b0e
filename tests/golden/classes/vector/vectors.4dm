// Vectors are compared, read by number, shared, written, and never changed.
var $a; $b : 4D.Vector
var $o : Object
var $blob : Blob
var $c : Collection
$a:=4D.Vector.new(New collection(3; 4))
$b:=4D.Vector.new(New collection(4.5; -2))
ALERT(String($a.length)+" "+String($a[0])+" "+String($a[1])+" "+String(Undefined($a[2]))+" "+String(Undefined($a[-1])))
ALERT(String($a.dotSimilarity($b))+" "+String($a.euclideanDistance($a))+" "+String($a.cosineSimilarity($a)))
ALERT(String(Round($a.cosineSimilarity($b); 6))+" "+String(Round($a.euclideanDistance($b); 6)))
ALERT(String(4D.Vector.new(New collection(1e200; 0)).euclideanDistance(4D.Vector.new(New collection(-1e200; 0)))=2e200))
ALERT(String($a.cosineSimilarity(4D.Vector.new(New collection(0; 0)))))
ALERT(String(4D.Vector.new(New collection).length))
ALERT(OB Class($a).name+" "+String(OB Is shared($a))+" "+String(OB Instance of($a; 4D.Vector)))
// In objects, collections, shared objects and JSON
$o:=New object("v"; $a; "list"; New collection($a; $b))
ALERT(JSON Stringify($o))
$o:=New shared object("v"; $a)
ALERT(String($o.v.length))
ALERT(String(OB Copy(New object("v"; $a)).v[1]))
$c:=New collection(New object("n"; "near"; "v"; $a); New object("n"; "far"; "v"; $b))
ALERT($c.orderByMethod(Formula($1.value.v.euclideanDistance($b)<$1.value2.v.euclideanDistance($b)))[0].n)
$c:=$a.toCollection()
$c.push(5)
ALERT(String($c.length)+" "+String($a.length))
VARIABLE TO BLOB($b; $blob)
$a:=Null
BLOB TO VARIABLE($blob; $a)
ALERT(JSON Stringify($a))
var $i : Integer
For ($i; 1; 5)
	Try
		Case of
			: ($i=1)
				$a.dotSimilarity(4D.Vector.new(New collection(1)))
			: ($i=2)
				$a:=4D.Vector.new(New collection(1; "2"))
			: ($i=3)
				$a.length:=3
			: ($i=4)
				$a.other:=3
			: ($i=5)
				$a.cosineSimilarity(New object)
		End case
		ALERT("no error in "+String($i))
	Catch
		ALERT(String($i)+": "+String(Last errors[0].errCode))
	End try
End for
