// The order of types, stable sorts, criteria.
var $c; $a; $b : Collection
$c:=[3; "b"; True; Null; !2020-01-01!; 1; "A"; False]
ALERT(JSON Stringify($c.orderBy()))
ALERT(JSON Stringify($c.orderBy(ck descending)))
$c:=[{n: "x"; v: 2}; {n: "y"; v: 1}; {n: "X"; v: 1}; {n: "y"; v: 2}]
ALERT(JSON Stringify($c.orderBy("n").extract("v")))
ALERT(JSON Stringify($c.orderBy("v desc, n asc").extract("n")))
ALERT(JSON Stringify($c.orderBy([{propertyPath: "n"; descending: True}; {propertyPath: "v"}]).extract("v")))
$a:=["Europe"; "Europe"; "Africa"; "America"]
$b:=["Paris"; "Lyon"; "Rabat"; "San Diego"]
$a.multiSort([{collection: $b; order: ck descending}])
ALERT(JSON Stringify($a)+JSON Stringify($b))
$a:=[3; 1; 2]
$b:=["c"; "a"; "b"]
$a.multiSort(Formula($1.value>$1.value2); [$b])
ALERT(JSON Stringify($a)+JSON Stringify($b))
Try
  $a.multiSort([["only one"]])
Catch
  ALERT(JSON Stringify($a))
End try
ALERT(JSON Stringify(["b"; "A"; "a"; 2; 2; Null].distinct()))
ALERT(JSON Stringify(["b"; "A"; "a"; "b"].distinct(ck diacritical+ck count values)))
ALERT(String([5; 9; -3].max())+" "+String([5; 9; -3].min())+" "+String([5; "x"; True].min())+" "+String([].max()=Null))
ALERT(String([1; 2.5; 3].sum())+" "+String([1; 2; "x"; 6].average())+" "+String(["x"].sum())+" "+String([].average()=Null))
