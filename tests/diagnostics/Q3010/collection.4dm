var $c : Collection
$c:=[1; 2]
ALERT(String($c{0}))
