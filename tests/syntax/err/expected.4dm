$x:=
$x:=1+
$x:=$a $b
f(1 "a")
f(1;)
$o:={a 1}
For ($i; 1)
End for
Use $x
End use
$a+$b:=10
If
End if
$x:=$a ? 1
"a"("b")
