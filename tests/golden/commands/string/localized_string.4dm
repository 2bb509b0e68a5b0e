ALERT("["+Localized string("no such name")+"]")
ALERT(String(OK))
