// Both numbers are rounded first; the result has the sign of the first.
ALERT(String(Mod(3;2)))
ALERT(String(Mod(3.5;2)))
ALERT(String(Mod(-7;3)))
ALERT(String(Mod(7;-3)))
ALERT(String(Mod(5;0)))
ALERT(String(Mod(2^40+1;2)))
