var $o : Object
$o:={}
ALERT(JSON Stringify(New collection(33;"mike";!2017-03-28!;Null;True;?00:00:05?)))
ALERT(String(New collection.length))
ALERT(JSON Stringify(New collection(New collection(1);New object("a";2))))
ALERT(JSON Stringify(New collection($o.none)))
