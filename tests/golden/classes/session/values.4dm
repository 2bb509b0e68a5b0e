// Every value of type, hostType and state; each property that is there is a text; the same as Session.info.
var $number : Integer
var $info : Object
var $key : Text
var $texts : Boolean
For ($number; 1; 5)
	$info:=Session info($number)
	$texts:=True
	For each ($key; $info)
		$texts:=$texts & (Value type($info[$key])=Is text)
	End for each
	ALERT($info.type+" "+$info.hostType+" "+$info.state+" "+String($texts))
End for
ALERT(String(JSON Stringify(Session info(2))=JSON Stringify(Session.info)))
ALERT(String(Session info(Session.id).persistentID))
ALERT(String(OB Is defined(Session info(1); "persistentID")))
