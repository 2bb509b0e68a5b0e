// A group that took no part stands at 0.
ARRAY LONGINT($p;0)
ARRAY LONGINT($l;0)
ALERT(String(Match regex("(a)?(b)(c)?";"xbc";1;$p;$l)))
ALERT(String(Size of array($p))+" "+String(Size of array($l)))
ALERT(String($p{0})+" "+String($l{0}))
ALERT(String($p{1})+" "+String($l{1}))
ALERT(String($p{2})+" "+String($l{2}))
ALERT(String($p{3})+" "+String($l{3}))
