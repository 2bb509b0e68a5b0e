Class constructor
	This.built:=True
