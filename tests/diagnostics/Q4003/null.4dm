var $c : Collection
$c:=[{name: Null}]
ALERT(String($c.query("name = :1 or name = :2"; "Ada"; Null).length))
