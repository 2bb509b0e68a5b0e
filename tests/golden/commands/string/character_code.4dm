ALERT(String(Character code("A")))
ALERT(String(Character code("€uro")))
ALERT(String(Character code("😀")))
ALERT(String(Character code("")))
