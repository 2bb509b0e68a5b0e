ALERT("too early")
#DECLARE($a : Integer)
var $a; $b : Integer:=15
var : Text
Function f($a)
Class extends B
