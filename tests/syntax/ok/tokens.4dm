ALERTE:C41("x")
$t:=Est un texte:K8:3+Message d’erreur:K38:3
PLUG IN:P12000:42($a; plug constant:K12003:3)
QUERY:C277([Order lines:12]; [Order lines:12]Unit price:3>0)
$f:=[Films:1]:13
$o:=cs:C1710.Name.new(New collection:C1472.length)
$n:=$a ? Null:C1517 : 1
Super:C1705($x)
Super:C1706.f()
This:C1470.x:=4D:C1709.File
$b:=[T:1]=Null:C1517
