var $answer : Text
$answer:=ALERT("Your name?")
ALERT($answer)
