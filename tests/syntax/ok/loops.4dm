For ($i; 1; $n)
End for 
for($t{1};10;1;-2) // the step
End for
For each ($x; $c)
End for each 
For each ($k; This.items; 0; -1) Until ($n>2) | ($k=0)
End for each 
For each (x; $c.query("a"))While($go)
End for each 
Use (Storage.log)
	Storage.log.n:=1
End use 
