var $u : Object
ALERT(String(OB Instance of({};4D.Object)))
ALERT(String(OB Instance of({};4D.Function)))
ALERT(String(OB Instance of(Formula(1);4D.Formula))+String(OB Instance of(Formula(1);4D.Function))+String(OB Instance of(Formula(1);4D.Object)))
ALERT(String(OB Instance of($u;4D.Object)))
Try(OB Instance of({};{}))
ALERT(String(Last errors[0].errCode))
