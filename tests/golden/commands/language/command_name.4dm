// A number that no command has sets OK to 0; a command that is switched off has no name but exists.
var $info : Integer
var $theme : Text
ALERT(Command name(10; $info; $theme)+" "+$theme+" "+String($info ?? 0)+" "+String(OK))
ALERT(Command name(53; $info; $theme)+" "+$theme)
ALERT("["+Command name(7)+"] "+String(OK))
ALERT("["+Command name(999999)+"] "+String(OK))
ALERT("["+Command name(-1)+"] "+String(OK))
