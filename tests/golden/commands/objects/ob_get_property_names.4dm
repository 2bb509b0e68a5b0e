var $o : Object
ARRAY TEXT($names;0)
ARRAY LONGINT($types;0)
$o:={name: "Susan"; age: 4; girl: True; pet: Null; toys: []; born: !2020-01-01!; more: {}}
OB GET PROPERTY NAMES($o;$names;$types)
ALERT(String(Size of array($names))+$names{1}+$names{7})
ALERT(String($types{1})+" "+String($types{2})+" "+String($types{3})+" "+String($types{4})+" "+String($types{5})+" "+String($types{6})+" "+String($types{7}))
OB GET PROPERTY NAMES({};$names)
ALERT(String(Size of array($names)))
