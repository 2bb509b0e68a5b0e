For ($i; 1; 3)
	If ($i=1)
		ALERT("one")
End for
$x:=1
