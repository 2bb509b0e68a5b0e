// quatre run examples/hello.4dm Ada 2
#DECLARE($name : Text; $times : Integer)
var $i : Integer
For ($i; 1; $times)
	ALERT("Hello "+$name)
End for
