// Privileges of a web session without a roles file: every name counts.
var $id : Integer
ALERT(String(Session.isGuest())+" "+String(Session.hasPrivilege("VIEWproducts")))
ALERT(String(Session.clearPrivileges())+" "+String(Session.isGuest()))
ALERT(String(Session.setPrivileges("a, b")))
ALERT(Session.getPrivileges().join(" "))
Session.setPrivileges(New object("privileges"; New collection("c"); "userName"; "Ada"))
ALERT(Session.getPrivileges().join(" ")+" "+Session.userName)
$id:=Session.promote("admin")
ALERT(String($id)+" "+String(Session.hasPrivilege("admin"))+" "+String(Session.promote("admin")))
Session.demote($id)
ALERT(String(Session.hasPrivilege("admin")))
