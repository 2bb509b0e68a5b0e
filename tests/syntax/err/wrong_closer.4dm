If ($a)
	For ($i; 1; 3)
		f
	End if
End if
