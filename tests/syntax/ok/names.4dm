My method ($a;$b)
00 Start
4D_NOTE
$Größe:=Clé+ƒ
$4Dtable:=$0k+$0+$12+${2}+${$i+1}
<>x:=◊y+<>z{1}
If ($a<<>b) & (<>c><>d)
End if 
$v:=Session info($id)
$v:=Session   info
Use log
end
shapes .circle("1.2").area
Super(1)
Super.f(1)
$o.function.name:=$o.catch().end.for.class
$o.$cash:=$o._x
Repeat:=1
While.x:=2
$i:=[Order lines]Unit price
$_al Old names:=1
