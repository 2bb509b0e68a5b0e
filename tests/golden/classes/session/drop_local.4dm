// Away from a server the command does nothing.
DROP REMOTE USER(Session info(1).ID)
ALERT(Session info(1).userName)
