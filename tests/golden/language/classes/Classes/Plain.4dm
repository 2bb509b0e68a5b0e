property since : Integer:=1

Function name : Text
	return "plain"
