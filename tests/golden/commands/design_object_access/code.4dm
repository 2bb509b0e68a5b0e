var $code : Text
METHOD GET CODE("Greet all"; $code)
ALERT(Replace string($code; "\r"; "|"))
METHOD GET CODE("Greet all"; $code; Code with tokens)
ALERT(Split string($code; "\r")[2])
ARRAY TEXT($paths; 2)
ARRAY TEXT($codes; 0)
$paths{1}:="Greet all"
$paths{2}:="[class]/Guest"
METHOD GET CODE($paths; $codes)
ALERT(String(Size of array($codes))+" "+Replace string($codes{2}; "\r"; "|"))
ALERT(String(METHOD Get attribute("Greet all"; Attribute shared))+" "+String(METHOD Get attribute("Greet all"; Attribute invisible)))
var $attributes : Object
METHOD GET ATTRIBUTES("Greet all"; $attributes)
ALERT(JSON Stringify($attributes))
var $comments : Text
METHOD GET COMMENTS("Greet all"; $comments)
ALERT("<"+$comments+">")
Try
	METHOD GET CODE("no such method"; $code)
Catch
	ALERT(Last errors[0].message)
End try
