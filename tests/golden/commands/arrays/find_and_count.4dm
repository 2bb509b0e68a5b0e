// Wildcards, starts, and types that are converted.
ARRAY TEXT($t; 0)
APPEND TO ARRAY($t; "Alpha")
APPEND TO ARRAY($t; "beta")
APPEND TO ARRAY($t; "ALPHA")
ALERT(String(Find in array($t; "alpha"))+" "+String(Find in array($t; "alpha"; 2))+" "+String(Find in array($t; "alpha"; -5))+" "+String(Find in array($t; "alpha"; 9)))
ALERT(String(Find in array($t; "b@"))+" "+String(Find in array($t; "@z@"))+" "+String(Count in array($t; "al@")))
ARRAY REAL($r; 3)
$r{2}:=1.5
ALERT(String(Find in array($r; 1.5))+" "+String(Count in array($r; 0))+" "+String(Find in array($r; 7)))
ARRAY DATE($d; 2)
$d{2}:=!2020-02-02!
ALERT(String(Find in array($d; !2020-02-02!)))
