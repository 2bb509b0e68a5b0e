// Every call has an object of its own, for those who keep it; a result in it counts before what the formula gives.
var $kept : Collection
$kept:=[]
[1; 2; 3].map(Formula($2.push($1)); $kept)
ALERT(JSON Stringify($kept))
ALERT(JSON Stringify([1; 2; 3; 4].map("cb_odd")))
ALERT(JSON Stringify([1; 2; 3; 4].filter("cb_odd")))
ALERT(JSON Stringify([5; 1; 4].map(Formula(New collection($1.value; $2; $3)); "x"; True)))
ALERT(JSON Stringify([1; 2; 3; 4].map("cb_stop")))
ALERT(String([2; 4].every("cb_odd"))+String([2; 3].some("cb_odd"))+String([2; 3].find("cb_odd"))+String([2; 4].findIndex("cb_odd")))
ALERT(JSON Stringify([3; 1; 2].sort("cb_before")))
ALERT(JSON Stringify(["x"; "xxx"; "xx"].orderByMethod(Formula(Length($1.value)>Length($1.value2)))))
