ALERT(Uppercase("hélène"))
ALERT(Uppercase("hélène";*))
ALERT(Uppercase("straße œuf"))
ALERT(Uppercase("abc"))
