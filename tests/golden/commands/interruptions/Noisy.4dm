#DECLARE() : Boolean
ALERT("noise")
return False
