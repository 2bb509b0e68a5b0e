// The type of a path is that of the separator at the end of its folder.
var $o : Object
$o:=Path to object("/"; Path is POSIX)
ALERT("["+$o.parentFolder+"]["+$o.name+"]"+String($o.isFolder))
$o:=Path to object("name.x.y")
ALERT("["+$o.parentFolder+"]["+$o.name+"]["+$o.extension+"]"+String($o.isFolder))
ALERT(Object to path({parentFolder: "/a/"; name: "b"; extension: ".c"; isFolder: True}))
ALERT(Object to path({name: "b"}))
