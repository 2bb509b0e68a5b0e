// Depths, and a collection inside of itself.
var $c; $deep : Collection
var $i : Integer
$c:=[1; [2; [3; [4]]]; []]
ALERT(JSON Stringify($c.flat(0)))
ALERT(JSON Stringify($c.flat()))
ALERT(JSON Stringify($c.flat(2)))
ALERT(JSON Stringify($c.flat(MAXLONG)))
$c:=[1]
$c.push($c; $c; 2)
ALERT(String($c.flat(MAXLONG).length))
$deep:=[7]
For ($i; 1; 1000)
  $deep:=[$deep]
End for
ALERT(JSON Stringify($deep.flat(MAXLONG)))
ALERT(JSON Stringify([1; 2].flatMap(Formula(New collection($1.value; New collection($1.value*10))))))
