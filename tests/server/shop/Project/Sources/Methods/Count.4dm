//%attributes = {"publishedWeb":true}
#DECLARE($parameter : Text)

Use (Session.storage)
	Session.storage.count:=Num(Session.storage.count)+1
End use
Use (Storage.counts)
	Storage.counts.visits:=Storage.counts.visits+1
End use
WEB SEND TEXT(String(Session.storage.count)+" "+$parameter; "text/plain")
