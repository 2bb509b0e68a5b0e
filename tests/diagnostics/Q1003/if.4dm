var $x : Integer
$x:=1
If ($x=1)
	While ($x<3)
		$x+=1
	End while
	ALERT(String($x))
