// A path leads nowhere in some elements: they take no part in the extremes; a target may be a path too.
var $c : Collection
$c:=[200; 150; 55; {name: "Smith"; salary: 10000}; {name: "Wesson"; salary: 50000}; {name: "Alabama"; salary: 10500}]
ALERT(JSON Stringify($c.min())+" "+JSON Stringify($c.max()))
ALERT(JSON Stringify($c.min("name"))+" "+JSON Stringify($c.max("name")))
ALERT(JSON Stringify($c.min("salary"))+" "+JSON Stringify($c.max("salary")))
ALERT(String(Undefined($c.min("none")))+" "+String(Undefined($c.max("none"))))
$c:=[{a: {b: 1}; c: 2}; {c: 3}]
ALERT(JSON Stringify($c.extract("a.b"; "x.y.z"; "c"; "x.w")))
