// The extension begins at the last dot, unless that is the first character.
var $f : 4D.File
var $n : Text
For each ($n; New collection("a.tar.gz"; ".hidden"; "README"; "x."; "été.txt"))
	$f:=File("/srv/"+$n)
	ALERT($f.fullName+": "+$f.name+"|"+$f.extension+" "+String($f.hidden))
End for each
