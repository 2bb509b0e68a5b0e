// Names become those of today, with tokens on demand; what cannot be read is told in a variable.
var $message : Text
ALERT(Parse formula("Substring(vName;2)"; Formula out with tokens))
ALERT(Parse formula("Substring:C12(vName;2)"))
$message:="old"
ALERT(Parse formula("1+2"; Formula out with tokens; $message)+" ["+$message+"]")
ALERT("["+Parse formula("1+("; 0; $message)+"] "+String(Length($message)>0))
