var $o : Object
$o:={yes: True}
ALERT(String(Bool(1)))
ALERT(String(Bool(0)))
ALERT(String(Bool(-0.5)))
ALERT(String(Bool("True")))
ALERT(String(Bool(Null)))
ALERT(String(Bool($o.none)))
ALERT(String(Bool($o)))
ALERT(String(Bool($o.yes)))
ALERT(String(Bool(!2024-01-01!)))
