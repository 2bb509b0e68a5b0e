// A dropped client is no longer found; the server's own session cannot be dropped.
DROP REMOTE USER(Session info(3).ID)
ALERT(JSON Stringify(Session info(3)))
DROP REMOTE USER(Session info(1).ID)
ALERT(Session info(1).type)
DROP REMOTE USER(Session info(4).ID)
ALERT(String(Process activity(Sessions only).sessions.length))
DROP REMOTE USER("nobody")
