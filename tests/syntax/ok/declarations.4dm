//%attributes = {"invisible":true}
#DECLARE($a : Text; $b; ...  : cs.Person)->$r : 4D.File
var $x; <>y; z; $1; ${2} : Text
var $c : cs.Package.Name
var $d:=New collection
var $i : Integer:=-1
var $e; $f
var \
$g : Object
var $1,$h : Variant
