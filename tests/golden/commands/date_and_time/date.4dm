var $o : Object
var $d : Date
$o:={}
ALERT(String(Date("12/25/94")))
ALERT(String(Date("1/5/29")))
ALERT(String(Date("1/5/30")))
ALERT(String(Date("2-29-2024")))
ALERT(String(Date("2/29/2023")))
ALERT(String(Date("13/35/94")))
ALERT(String(Date("aa/12/94")))
ALERT(String(Date("2013-11-20T10:20:00.9854")))
ALERT(String(Date("2013-11-20")))
ALERT(String(Date(!2020-02-02!)))
ALERT(String(Date(Null)))
ALERT(String(Date($o.none)))
$d:=Try(Date(5))
ALERT(Last errors[0].message)
