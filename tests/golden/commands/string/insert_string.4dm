ALERT(Insert string("Shut";"o";3))
ALERT(Insert string("abc";"Z";-3))
ALERT(Insert string("abc";"Z";99))
ALERT(Insert string("é";"ê";2))
