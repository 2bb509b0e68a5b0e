If ($a=1) | ($b=2)
	f
Else 
	g
End if 
While ($i<3) & ($ok)
End while 
Repeat 
	break
Until ($done) | ($n>9)
Case of 
		// a comment between branches
		//________
	: ($x="a") || ($x="b")
		continue
	: $state=-1
	Else 
		return ($x)
End case 
