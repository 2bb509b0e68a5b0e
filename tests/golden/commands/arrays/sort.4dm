// One array leads, others follow; several levels; sizes that differ.
ARRAY TEXT($n; 4)
ARRAY LONGINT($v; 4)
$n{1}:="b"
$n{2}:="A"
$n{3}:="B"
$n{4}:="a"
$v{1}:=1
$v{2}:=2
$v{3}:=3
$v{4}:=4
var $c; $d : Collection
$c:=[]
$d:=[]
SORT ARRAY($n; $v; >)
ARRAY TO COLLECTION($c; $n)
ARRAY TO COLLECTION($d; $v)
ALERT($c.join(",")+" "+$d.join(","))
SORT ARRAY($n; $v; <)
ARRAY TO COLLECTION($d; $v)
ALERT($d.join(","))
MULTI SORT ARRAY($n; >; $v; <)
ARRAY TO COLLECTION($d; $v)
ALERT($d.join(","))
MULTI SORT ARRAY($v; >; $n)
ARRAY TO COLLECTION($c; $n)
ALERT($c.join(","))
ARRAY LONGINT($short; 1)
Try
  SORT ARRAY($n; $short)
Catch
  ARRAY TO COLLECTION($c; $n)
  ALERT($c.join(","))
End try
