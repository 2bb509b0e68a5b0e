ARRAY TEXT($a; 2)
$a{1}:="x"
ARRAY TEXT($b; 2)
ALERT($b{0})
