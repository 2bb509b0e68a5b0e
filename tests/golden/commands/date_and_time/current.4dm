// test: clock 2025-06-01T12:30:00Z
var $d : Date
$d:=Current date
ALERT(String($d>!2024-01-01!))
ALERT(String((Current date(*)-$d)<=1))
ALERT(String((Current time>=?00:00:00?) & (Current time(*)<?24:00:00?)))
ALERT(String(Value type(Current time)=Is time))
