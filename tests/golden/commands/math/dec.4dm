// Dec is never negative.
ALERT(String(Round(Dec(7.31);6)))
ALERT(String(Dec(5)))
ALERT(String(Dec(-1.25)))
