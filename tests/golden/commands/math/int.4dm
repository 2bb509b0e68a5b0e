ALERT(String(Int(123.9)))
ALERT(String(Int(-123.4)))
ALERT(String(Int(-5)))
ALERT(String(Int(2^33+0.5)))
