var $o : Object
ARRAY TEXT($t;2)
$t{1}:="a"
$t{2}:="b"
OB SET ARRAY($o;"list";$t)
OB SET ARRAY($o;"one";$t{2})
OB SET ARRAY($o;"five";5)
ALERT(JSON Stringify($o))
ARRAY TEXT($back;0)
OB GET ARRAY($o;"list";$back)
ALERT(String(Size of array($back))+$back{2})
OB GET ARRAY($o;"none";$back)
ALERT(String(Size of array($back)))
