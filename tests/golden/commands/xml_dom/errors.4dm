// Bad references, paths, names and documents are errors; OK is 0.
var $root; $e; $t : Text
var $n : Integer
var $codes : Collection
$codes:=New collection
$root:=DOM Parse XML variable("<a x='1'><b/></a>")
For ($n; 1; 9)
	Try
		Case of
			: ($n=1)
				DOM CLOSE XML("nothing")
			: ($n=2)
				DOM CLOSE XML(DOM Find XML element($root; "b"))
			: ($n=3)
				$e:=DOM Find XML element($root; "b[")
			: ($n=4)
				$e:=DOM Create XML element($root; "/a/1b")
			: ($n=5)
				DOM GET XML ATTRIBUTE BY NAME($root; "y"; $t)
			: ($n=6)
				DOM GET XML ATTRIBUTE BY INDEX($root; 2; $t; $t)
			: ($n=7)
				DOM REMOVE XML ATTRIBUTE($root; "y")
			: ($n=8)
				$e:=DOM Create XML element($root; "/other/b")
			: ($n=9)
				$e:=DOM Parse XML variable("<a>\n<b></a>")
		End case
		$codes.push("none")
	Catch
		$codes.push(String(Last errors[0].errCode)+":"+String(OK))
	End try
End for
ALERT($codes.join(" "))
XML GET ERROR($e; $t; $n; $n)
ALERT(String($t#"")+" "+String($n))
// what is not there is the reference of nothing
ALERT(DOM Find XML element($root; "none")+" "+String(OK))
ALERT(DOM Get XML element($root; "b"; 2)+" "+String(OK))
ALERT(DOM Get parent XML element(DOM Get XML document ref($root))+" "+String(OK))
DOM CLOSE XML($root)
ALERT(String(OK))
Try
	$n:=DOM Count XML attributes($root)
Catch
	ALERT(String(Last errors[0].errCode))
End try
