var $o : Object
$o:={}
$o.userName:="Ada"
ALERT($o.username)
