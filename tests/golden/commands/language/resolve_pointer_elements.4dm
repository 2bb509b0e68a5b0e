// Elements of arrays are told by their array and their places, and rows by the array of rows.
var $p : Pointer
var $name : Text
var $first; $second : Integer
ARRAY LONGINT(vGrid; 3; 4)
$p:=->vGrid{2}{3}
RESOLVE POINTER($p; $name; $first; $second)
ALERT($name+" "+String($first)+" "+String($second))
$p->:=7
ALERT(String(vGrid{2}{3}))
ARRAY TEXT(vLine; 2)
$p:=->vLine{0}
RESOLVE POINTER($p; $name; $first; $second)
ALERT($name+" "+String($first)+" "+String($second))
