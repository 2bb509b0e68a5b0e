If ($a)
	While ($b)
	End while
