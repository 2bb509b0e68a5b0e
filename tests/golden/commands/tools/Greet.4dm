#DECLARE($parameter : Text) : Text
return "<Hello "+Substring($parameter; 2)+">"
