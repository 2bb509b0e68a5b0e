#DECLARE($base : Text)
var $r : 4D.HTTPRequest
$r:=4D.HTTPRequest.new($base+"/hello"; New object("onResponse"; Formula(ALERT("in "+Current process name+": "+$1.response.body))))
