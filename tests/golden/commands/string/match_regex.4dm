// Without positions the whole text must match; positions count units.
var $p; $l; $n : Integer
var $t : Text
$p:=7
$l:=7
ALERT(String(Match regex("[0-9]+";"12345")))
ALERT(String(Match regex("[0-9]+";"12345a")))
ALERT(String(Match regex("b+";"aébbc";1;$p;$l))+" "+String($p)+" "+String($l))
ALERT(String(Match regex("x";"aébbc";1;$p;$l))+" "+String($p)+" "+String($l))
ALERT(String(Match regex("b";"abab";3;$p))+" "+String($p))
ALERT(String(Match regex("a";"ba";1;*)))
ALERT(String(Match regex("a";"ba";2;*)))
ALERT(String(Match regex("^b";"ab";2)))
ALERT(String(Match regex("a*";"";1)))
ALERT(String(Match regex("a";"a";3)))
ALERT(String(Match regex("(?m)^b$";"a"+Char(Carriage return)+"b";1;$p))+" "+String($p))
ALERT(String(Match regex("a.c";"a"+Char(Carriage return)+"c")))
ALERT(String(Match regex("\\h+\\R";" "+Char(Tab)+Char(Line feed))))
ALERT(String(Match regex("(?<=\\$)(\\d)\\1";"$11 $22")))
ALERT(String(Match regex("(?<=\\$)(\\d)\\1";"$12 $22";1;$p;$l))+" "+String($p)+" "+String($l))
$t:=""
For($n;1;3)
$t:=$t+"😀x"
End for
ALERT(String(Match regex("x";$t;4;$p;$l))+" "+String($p)+" "+String($l))
Try(Match regex("(a";"a"))
ALERT(Last errors[0].message)
Try(Match regex("(a|b|ab)*(?>c)";"ab"*60))
ALERT(Last errors[0].message)
