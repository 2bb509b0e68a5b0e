var $e : Real
ALERT(String(Euro converter(6.55957;French Franc;Euro)))
ALERT(String(Euro converter(1;Euro;Italian Lira)))
ALERT(String(Euro converter(100;Deutsche Mark;French Franc)))
ALERT(String(Euro converter(10;"frf";"EUR")))
$e:=Try(Euro converter(1;"XYZ";Euro))
ALERT(Last errors[0].message)
