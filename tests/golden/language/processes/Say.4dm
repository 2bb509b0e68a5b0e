#DECLARE($text : Text)
ALERT($text)
