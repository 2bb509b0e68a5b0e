var $s; $o : Object
$s:=New shared object("n";1;"c";New shared collection(1;2))
Use ($s)
  $s.n:=2
End use
ALERT(JSON Stringify($s))
ALERT(String(OB Is shared($s.c)))
$o:=Try(New shared object("o";{}))
ALERT(String(Last errors[0].errCode))
