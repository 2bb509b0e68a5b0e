// A parent without a constructor has nothing that `Super` would have to run.
ALERT(cs.Below.new("it").label)
ALERT(cs.Below.new("it").name())
Try
	cs.Forgetful.new()
Catch
	ALERT(String(Last errors[0].errCode))
End try
// What properties of a shared class begin with is shared.
var $box : cs.Box:=cs.Box.me
ALERT(JSON Stringify($box.facts)+" "+String(OB Is shared($box.facts)))
ALERT(String(OB Is shared($box.list[0])))
Use ($box)
	$box.list.push("b")
End use
ALERT(JSON Stringify($box.list))
// A class is a shared object, so a copy can be grouped with it.
var $class : 4D.Class:=cs.Built
Use ($class)
	$class.instance:=OB Copy(cs.Built.new(); ck shared; $class)
End use
ALERT(String(cs.Built.instance.built))
// Names may be emoji.
var $🎩 : Text:="hat"
ALERT($🎩)
// Row zero is as long as the others; without errors there is nothing to count.
ARRAY LONGINT($matrix; 2; 3)
$matrix{0}{3}:=7
ALERT(String($matrix{0}{3}))
var $n : Integer:=Try(Length("abc"))
ALERT(String($n)+" "+String(Last errors=Null)+" "+String(Bool(Last errors.length>0)))
