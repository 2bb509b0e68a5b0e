// A copy between arrays of numbers keeps the type; what has no order is not sorted; levels by pointers.
ARRAY REAL($r; 2)
$r{0}:=7.6
$r{1}:=1.5
$r{2}:=-2.25
ARRAY LONGINT($l; 9)
COPY ARRAY($r; $l)
ALERT(String(Type($l)=LongInt array)+" "+String(Size of array($l))+" "+String($l{0})+" "+String($l{1})+" "+String($l{2}))
ARRAY TEXT(t; 3)
COPY ARRAY($r; t)
ALERT(String(Type(t)=Real array)+" "+String(t{2}))
ARRAY POINTER($p; 2)
Try
  SORT ARRAY($p)
Catch
  ALERT("no order")
End try
ARRAY TEXT(<>names; 3)
ARRAY LONGINT(ages; 3)
<>names{1}:="b"
<>names{2}:="a"
<>names{3}:="b"
ages{1}:=1
ages{2}:=2
ages{3}:=3
ARRAY LONGINT($orders; 2)
$p{1}:=-><>names
$p{2}:=->ages
$orders{1}:=1
$orders{2}:=-1
MULTI SORT ARRAY($p; $orders)
ALERT(<>names{1}+<>names{2}+<>names{3}+" "+String(ages{1})+String(ages{2})+String(ages{3}))
ARRAY LONGINT($orders; 1)
Try
  MULTI SORT ARRAY($p; $orders)
Catch
  ALERT(String(ages{1}))
End try
