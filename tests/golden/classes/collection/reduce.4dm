// Without a first value the accumulator is undefined at the first call; `stop` ends, `result` says nothing.
var $c : Collection
$c:=[1; 2; 3; 4]
ALERT(JSON Stringify($c.reduce(Formula(cb_collect))))
ALERT(JSON Stringify($c.reduceRight(Formula(cb_collect))))
ALERT(JSON Stringify($c.reduce("cb_collect"; ["first"]; 3)))
ALERT(String([].reduce(Formula($1.accumulator+=1))=Null))
ALERT(String(["a"; "b"; "c"].reduce(Formula($1.accumulator+=$1.value); "")))
ALERT(String(["a"; "b"; "c"].reduceRight(Formula($1.accumulator+=$1.value); "")))
