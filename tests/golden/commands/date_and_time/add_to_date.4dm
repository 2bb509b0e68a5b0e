// Months go first; a day that the month lacks becomes its last one.
ALERT(String(Add to date(!2023-01-31!;0;1;0)))
ALERT(String(Add to date(!2024-02-29!;1;0;0)))
ALERT(String(Add to date(!2024-02-29!;-1;0;1)))
ALERT(String(Add to date(!2023-12-31!;0;0;1)))
ALERT(String(Add to date(!2024-05-15!;0;-17;0)))
ALERT(String(Add to date(!00-00-00!;1;1;1)))
