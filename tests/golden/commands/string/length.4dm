// UTF-16 units are counted.
ALERT(String(Length("")))
ALERT(String(Length("été")))
ALERT(String(Length("😀")))
