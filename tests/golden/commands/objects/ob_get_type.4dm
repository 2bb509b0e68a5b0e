var $o; $u : Object
$o:={s: "x"; n: 4; b: True; z: Null; o: {}; c: []; p: ->$u}
ALERT(String(OB Get type($o;"s"))+" "+String(OB Get type($o;"n"))+" "+String(OB Get type($o;"b"))+" "+String(OB Get type($o;"z")))
ALERT(String(OB Get type($o;"o"))+" "+String(OB Get type($o;"c"))+" "+String(OB Get type($o;"p"))+" "+String(OB Get type($o;"S")))
ALERT(String(OB Get type($u;"x")=Is undefined))
