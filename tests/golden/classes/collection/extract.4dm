// Paths, targets, computed properties and what is missing.
var $c : Collection
$c:=[{name: "Ann"; tags: ["x"; "y"]; at: {city: "Oslo"}}; {name: Null; at: Null}; 42; Null; {tags: [{n: 1}]}]
ALERT(JSON Stringify($c.extract("name")))
ALERT(JSON Stringify($c.extract("name"; ck keep null)))
ALERT(JSON Stringify($c.extract("name"; "Who"; "at.city"; "Where")))
ALERT(JSON Stringify($c.extract("tags[1]"))+JSON Stringify($c.extract("tags.length"))+JSON Stringify($c.extract("tags[0].n")))
ALERT(String($c.count())+" "+String($c.count("name"))+" "+String($c.count("at.city"))+" "+String($c.countValues("ann"; "name"))+" "+String($c.countValues(42)))
Try
  $c.extract("name"; "Who"; "at")
Catch
  ALERT(Last errors[0].message)
End try
