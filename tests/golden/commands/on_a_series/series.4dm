ARRAY REAL($r;0)
APPEND TO ARRAY($r;2)
APPEND TO ARRAY($r;4)
APPEND TO ARRAY($r;9)
ALERT(String(Sum($r))+" "+String(Average($r))+" "+String(Sum squares($r)))
ALERT(String(Variance($r))+" "+String(Std deviation($r)^2))
ALERT(String(Max($r))+" "+String(Min($r))+String(OK))
ARRAY LONGINT($g;2;2)
$g{1}{2}:=3
$g{2}{1}:=5
ALERT(String(Sum($g))+" "+String(Average($g)))
ARRAY DATE($d;2)
$d{1}:=!2021-05-06!
$d{2}:=!2020-01-01!
ALERT(String(Max($d))+" "+String(Min($d)))
ARRAY REAL($none;0)
ALERT(String(Sum($none))+" "+String(Average($none))+" "+String(Max($none)))
ARRAY OBJECT($o;2)
$o{1}:={a: {n: 3}}
$o{2}:={a: {n: "x"}}
ALERT(String(Sum($o;"a.n")))
ARRAY TEXT($t;1)
Try(Sum($t))
ALERT(Last errors[0].message)
