// The storage of the file is shared, one for each session, and is found by ID.
ALERT(String(OB Is shared(Session.storage)))
ALERT(Session.storage.user.role+" "+String(Session.storage.n))
Use (Session.storage)
	Session.storage.more:=New shared object("text"; "blue")
End use
ALERT(Session storage(Session.id).more.text)
ALERT(String(Session storage(Session info(2).ID).more=Null))
ALERT(String(Session storage("nobody")=Null))
// Nothing joins the group of a session's storage.
Use (Session.storage.more)
	Session.storage.more.text:="green"
End use
ALERT(Session.storage.more.text)
