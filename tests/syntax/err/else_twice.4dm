If ($a)
Else
	f
Else
	g
End if
Case of
	f
	: ($a)
	Else
	: ($b)
End case
