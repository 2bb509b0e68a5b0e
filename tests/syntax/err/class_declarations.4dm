ALERT("outside")
$x:=1
Class constructor
Class extends B
Class constructor($a)
#DECLARE($b)
Function ()
	If ($a)
Function f($a : )
	g
