// Values are converted to the type of the array.
var $c : Collection
ARRAY TEXT($t;0)
ARRAY LONGINT($n;0)
COLLECTION TO ARRAY([1.6; "x"; True];$n)
ALERT(String(Size of array($n))+" "+String($n{1})+" "+String($n{2})+" "+String($n{3}))
$c:=[{name: "Ulm"; zip: 49}; {zip: 31}]
COLLECTION TO ARRAY($c;$t;"name";$n;"zip")
ALERT("["+$t{1}+"]["+$t{2}+"] "+String($n{1})+" "+String($n{2}))
COLLECTION TO ARRAY([];$t)
ALERT(String(Size of array($t)))
