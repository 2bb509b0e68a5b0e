$p->:=3
$p->name:=1
$p->push(4)
$n:=$p->{2}+$p->[[1]]
$b:=$p->>0
Table(3)->:=""
Field(3; 1)->{2}:=1
(OBJECT Get pointer(Object named; "x"))->:=1
(OBJECT Get pointer(Object named; "x")->):=1
f(->$x; ->[T]F; ->(a name); ->$a{1})
$p:=->$p->
