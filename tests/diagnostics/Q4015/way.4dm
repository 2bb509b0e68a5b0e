#DECLARE($n : Integer) : Text
Case of
	: ($n>0)
		return "positive"
	: ($n<0)
		return "negative"
End case
