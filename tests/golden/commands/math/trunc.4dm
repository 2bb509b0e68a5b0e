// Cut off towards negative infinity.
ALERT(String(Trunc(216.897;1)))
ALERT(String(Trunc(216.897;-1)))
ALERT(String(Trunc(-216.897;1)))
ALERT(String(Trunc(-216.897;-1)))
ALERT(String(Trunc(8.2*10;0)))
ALERT(String(Trunc(-8.2*10;0)))
