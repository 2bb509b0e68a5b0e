// System variables have their types from the start: no command has set them yet.
ALERT(String(OK)+" "+String(Error)+" ["+Document+"] "+String(FldDelimit)+" "+String(RecDelimit))
ALERT(String(OK+1)+" "+String(Undefined(OK))+" "+String(Value type(Document)=Is text))
