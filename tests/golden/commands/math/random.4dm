var $i; $n; $least; $most : Integer
$least:=99999
For($i;1;2000)
  $n:=Random
  $least:=$n<$least ? $n : $least
  $most:=$n>$most ? $n : $most
End for
ALERT(String(($least>=0) & ($most<=32767)))
ALERT(String(($most-$least)>16000))
ALERT(String(Value type(Random)=Is longint))
