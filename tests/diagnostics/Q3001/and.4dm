var $net; $tax : Real
$net:=100
$tax:=20
If ($net>0 & $tax>0)
	ALERT("total: "+$net)
End if
