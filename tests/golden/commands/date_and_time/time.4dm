var $o : Object
$o:={}
ALERT(String(Time("13:00:00")))
ALERT(String(Time("1:05 PM")))
ALERT(String(Time("12:30 AM")))
ALERT(String(Time("7")))
ALERT(String(Time(10000)))
ALERT(String(Time(-60)))
ALERT(String(Time(90000)))
ALERT(String(Time("")))
ALERT(String(Time(?01:02:03?)))
ALERT(String(Time($o.none)))
