var $b : Blob
var $x : Real
For each ($x; [0; 1; -2.5; 1e300; 1e-310; 0.1])
REAL TO BLOB($x;$b;Extended real format)
ALERT(String(BLOB to real($b;Extended real format)=$x))
End for each
