var $u : Object
var $o : Object
$o:={a: 41.6; t: "7 apples"; d: "2020-01-05T00:00:00"; b: 1; h: 3661; o: {}; n: Null}
ALERT(String(OB Get($o;"a")))
ALERT(String(OB Get($o;"a";Is longint)))
ALERT(OB Get($o;"a";Is text))
ALERT(String(OB Get($o;"t";Is real)))
ALERT(String(OB Get($o;"d";Is date)))
ALERT(String(OB Get($o;"b";Is Boolean)))
ALERT(String(OB Get($o;"o";Is Boolean)))
ALERT(String(OB Get($o;"h";Is time)))
ALERT(String(Undefined(OB Get($o;"none"))))
ALERT(String(Undefined(OB Get($o;"A"))))
ALERT(String(OB Get($o;"n")=Null))
ALERT(String(Undefined(OB Get($u;"x"))))
Try(OB Get($o;"t";Is object))
ALERT(Last errors[0].message)
