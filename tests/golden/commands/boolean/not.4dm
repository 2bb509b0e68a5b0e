ALERT(String(Not(True)))
ALERT(String(Not(1=2)))
ALERT(String(Not(False) & True))
