// The sessions of a table: quatre run examples/who.4dm --sessions examples/three.json
var $info : Object
var $number : Integer
var $line : Text

$number:=1
$info:=Session info($number)
While ($info#Null)
	$line:=String($number)+" "+$info.type+" "+$info.userName
	If ($info.state#"active")
		$line:=$line+" ("+$info.state+")"
	End if
	ALERT($line)
	$number:=$number+1
	$info:=Session info($number)
End while
