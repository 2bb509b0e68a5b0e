// Without a window there is no form, no event and no key held down.
ALERT(String(Form=Null)+" "+String(FORM Event=Null)+" "+String(Form event code))
ALERT("["+Current form name+"] "+String(Is nil pointer(Self)))
ALERT(String(Shift down)+" "+String(Caps lock down)+" "+String(Windows Ctrl down)+" "+String(Windows Alt down))
ALERT(String(Macintosh command down)+" "+String(Macintosh control down)+" "+String(Macintosh option down))
