// Appending, inserting, deleting, copying; element zero and the rows of two dimensions.
ARRAY LONGINT($a; 3)
$a{0}:=9
$a{1}:=1
$a{2}:=2
$a{3}:=3
APPEND TO ARRAY($a; 4)
INSERT IN ARRAY($a; 2; 2)
INSERT IN ARRAY($a; 99)
var $c : Collection
$c:=[]
ARRAY TO COLLECTION($c; $a)
ALERT(JSON Stringify($c)+" "+String($a{0}))
DELETE FROM ARRAY($a; 2; 2)
DELETE FROM ARRAY($a; 5; 10)
ARRAY TO COLLECTION($c; $a)
ALERT(JSON Stringify($c))
COPY ARRAY($a; $b)
$b{1}:=100
ALERT(String($a{1})+" "+String($b{1})+" "+String(Size of array($b))+" "+String(Type($b)=LongInt array))
ARRAY TEXT($t; 2; 3)
$t{2}{3}:="corner"
INSERT IN ARRAY($t; 1)
ALERT(String(Size of array($t))+" "+String(Size of array($t{1}))+" "+$t{3}{3})
ARRAY LONGINT($a; 2)
ALERT(String(Size of array($a))+" "+String($a{2}))
