var $net; $tax; $price : Real
$net:=100
$tax:=0.2
$price:=$net+$net*$tax
ALERT(String($price))
