var $o : Object
$o:={b: 1; a: "x"; c: Null}
ALERT(JSON Stringify(OB Keys($o)))
ALERT(JSON Stringify(OB Values($o)))
ALERT(JSON Stringify(OB Entries($o)))
ALERT(JSON Stringify(OB Keys({})))
