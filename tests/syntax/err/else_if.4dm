If ($a=1)
	f
Else if ($a=2)
	g
Else
	h
End if
