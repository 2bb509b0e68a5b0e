ALERT(String(Round(3.14159, 2)))
