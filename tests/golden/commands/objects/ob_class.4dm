var $o : Object
ALERT(OB Class({}).name)
ALERT(OB Class([]).name)
ALERT(OB Class(Formula(1)).name)
ALERT(String(OB Class($o)=Null))
