Use (Storage)
	Storage.counts:=New shared object("visits"; 0)
End use
LOG EVENT(Into system standard outputs; "startup in "+Session.info.type+"\n")
