If ($a==1)
End if
If ($a!=1) & ($b<>2)
End if
$i++
$i--
f(1, 2)
If ($a=1) and ($b=2)
End if
If ($a=1) then
End if
$x:=$a≠$b
