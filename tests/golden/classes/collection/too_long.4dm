// A collection that no memory could hold is an error; what is there stays.
var $c : Collection
$c:=[1; 2]
Try
  $c.resize(-1)
Catch
  ALERT(String($c.length)+" "+String(Last errors.length))
End try
