$x:=1
/* open /* closed */
$y:=2
