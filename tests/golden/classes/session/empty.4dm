// A table without sessions leaves the program without one.
ALERT(String(Session=Null))
ALERT(JSON Stringify(Session info(1)))
ALERT(Process info(1).sessionID)
