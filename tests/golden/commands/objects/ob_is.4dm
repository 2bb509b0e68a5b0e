var $u; $o : Object
$o:={a: Null}
ALERT(String(OB Is defined($u))+String(OB Is defined($o))+String(OB Is defined($o;"a"))+String(OB Is defined($o;"A"))+String(OB Is defined($u;"a")))
ALERT(String(OB Is empty($u))+String(OB Is empty({}))+String(OB Is empty($o)))
ALERT(String(OB Is shared($o))+String(OB Is shared(Storage))+String(OB Is shared([]))+String(OB Is shared(5)))
