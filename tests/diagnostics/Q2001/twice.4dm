var $session : Object
var $id : Integer
$id:=3
$session:=Sesion info($id)
ALERT(JSON Stringify($session))
Sesion info(4)
