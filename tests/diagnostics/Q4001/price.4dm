var $net; $tax; $price : Real
$net:=100
$tax:=0.2
$price:=$net+$net*$tax
If ($price>0 & $net>0)
	ALERT(String($price))
End if
