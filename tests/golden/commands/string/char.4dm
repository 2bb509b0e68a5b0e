// Two halves of a pair make one character.
ALERT(Char(65))
ALERT(Char(8364))
ALERT(Char(0x00D83D)+Char(0x00DE00))
ALERT(String(Length(Char(0))))
ALERT(String(Character code(Char(Tab))))
