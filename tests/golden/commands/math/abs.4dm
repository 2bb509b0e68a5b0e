ALERT(String(Abs(-10.3)))
ALERT(String(Abs(0)))
ALERT(String(Abs(?00:00:05?)))
ALERT(String(Abs(-2^40)))
