ALERT("not complete)
ALERT(“curly”)
ALERT('single')
$x:=“a
