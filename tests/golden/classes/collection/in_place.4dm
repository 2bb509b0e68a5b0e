// Numbers, Booleans and mixed values through the functions that change a collection.
var $n; $b : Collection
$n:=[1; 2; 3]
ALERT(JSON Stringify($n.insert(1; 9)))
ALERT(JSON Stringify($n.insert(-1; "x")))
ALERT(JSON Stringify($n.remove(3)))
ALERT(JSON Stringify($n.remove(1; 2).remove(99).remove(0; 0).remove(0; -1)))
ALERT(JSON Stringify($n.unshift(7; 8).combine([4; 5]; -1)))
ALERT(JSON Stringify($n.combine($n)))
ALERT(JSON Stringify($n.fill(0; 2; -2).fill("no"; 5; 2)))
ALERT(JSON Stringify($n.resize(3).resize(5).resize(6; !2020-01-02!)))
ALERT(String($n.shift())+" "+String($n.pop())+" "+JSON Stringify($n))
$b:=[True; False]
ALERT(JSON Stringify($b.push(True).insert(0; False).reverse()))
ALERT(JSON Stringify($b.insert(1; Null)))
ALERT(JSON Stringify($b.clear().push(1).unshift(2)))
ALERT(String([].pop()=Null)+String([].shift()=Null)+String([].remove(0).length))
