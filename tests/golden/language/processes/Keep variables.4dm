#DECLARE($signal : 4D.Signal; $done : 4D.Signal)
var count : Integer
var note : Text
count:=3
ARRAY LONGINT(list; 3)
list{1}:=10
list{2}:=20
list{3}:=30
$signal.trigger()
$done.wait()
