var $s : Collection
$s:=New shared collection("alpha";New shared object("n";1))
Use ($s)
  $s[2]:="gamma"
End use
ALERT(JSON Stringify($s))
ALERT(String(OB Is shared($s)))

$s:=Try(New shared collection({a: 1}))
ALERT(String(Last errors[0].errCode))
