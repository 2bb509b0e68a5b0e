// What is taken from a shared collection is shared, functions that change it lock it by themselves.
var $s; $t : Collection
$s:=New shared collection("b"; "a"; "c")
For each ($t; [$s.filter(Formula($1.value#"c")); $s.slice(1); $s.reverse(); $s.orderBy(); $s.orderByMethod(Formula($1.value>$1.value2)); $s.query("x=1")])
  ALERT(JSON Stringify($t)+" "+String(OB Is shared($t)))
End for each
For each ($t; [$s.map(Formula($1.value)); $s.concat("d"); $s.flat()])
  ALERT(JSON Stringify($t)+" "+String(OB Is shared($t)))
End for each
$s.push("d").unshift("z").insert(1; "y").remove(2; 1)
ALERT(JSON Stringify($s))
ALERT(String($s.pop())+String($s.shift()))
$s.sort(ck descending)
ALERT(JSON Stringify($s))
$s.resize(5; "x").fill("w"; 3; 4).combine(New collection("v"))
ALERT(JSON Stringify($s))
ALERT(String($s.clear().length))
