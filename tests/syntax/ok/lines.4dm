// first \
$not:=code
$a:=1+\
	2 // then a comment
/* a /* nested */ one */ $b:=2
$c:=3 /* inside */ +4
$r:=$list\
	.filter($f)\
	.length
` an old comment
Begin SQL
	SELECT * FROM t WHERE x = :$y -- it's "unbalanced
	INTO <<$z>>
End SQL
$d:=5
