var $a : Integer
$a=3
ALERT(String($a))
