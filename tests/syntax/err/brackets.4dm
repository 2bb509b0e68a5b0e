ALERT(String(3)
$a:=$b[1)
$a:=(1+2))
$o:={a: 1; b: [2; 3}
$t[[1]:="x"
If (($a=1)
End if
