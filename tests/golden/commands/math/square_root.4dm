ALERT(String(Square root(16)))
ALERT(String(Square root(2)))
ALERT(String("["+String(Square root(-1))+"]"))
