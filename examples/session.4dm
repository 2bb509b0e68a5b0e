// The session in which this script runs, as JSON.
var $info : Object
$info:=Session info(Session.id)
ALERT(JSON Stringify($info; *))
