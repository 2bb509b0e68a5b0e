// test: reproducible
// Without a table there is one standalone session, the same in every test.
ALERT(JSON Stringify(Session info(1)))
ALERT(JSON Stringify(Session.info))
ALERT(JSON Stringify(Session info(2)))
ALERT(Session.userName)
ALERT(String(Session.isGuest()))
ALERT(String(Session=Session))
SET USER ALIAS("Ada")
ALERT(Session.userName+" "+Session info(1).userName+" "+Current user+" "+Current user(4D user account))
SET USER ALIAS("")
ALERT(Session.userName)
