// Paths through collections: any element, all elements, and the one that a letter stands for.
var $c : Collection
$c:=[]
$c.push({id: 1; places: [{kind: "home"; city: "Paris"}]})
$c.push({id: 2; places: [{kind: "home"; city: "Lyon"}; {kind: "office"; city: "Paris"}]})
$c.push({id: 3; places: []})
ALERT(JSON Stringify($c.query("places[].kind = :1 and places[].city = :2"; "home"; "paris").extract("id")))
ALERT(JSON Stringify($c.query("places[a].kind = :1 and places[a].city = :2"; "home"; "paris").extract("id")))
ALERT(JSON Stringify($c.query("places[a].kind = home and places[a].city = lyon and places[b].kind = office and places[B].city = paris").extract("id")))
ALERT(JSON Stringify($c.query("places[a].kind = home and places[a].city = lyon and places[b].kind = office and places[b].city = lyon").extract("id")))
ALERT(JSON Stringify($c.query("places[].city # Paris").extract("id")))
ALERT(JSON Stringify($c.query("places[a].city # Paris").extract("id")))
ALERT(JSON Stringify($c.query("places.length > 1").extract("id")))
ALERT(JSON Stringify($c.query("places[0].city = p@").extract("id")))
ALERT(JSON Stringify($c.indices("places[].kind = home")))
