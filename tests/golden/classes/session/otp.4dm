// A pass leads back to its session, once.
var $token : Text
$token:=Session.createOTP()
ALERT(String(Length($token))+" "+Session.userName)
ALERT(String(Session.restore($token))+" "+Session.userName)
ALERT(String(Session.restore($token)))
ALERT(String(Session.restore("no pass")))
