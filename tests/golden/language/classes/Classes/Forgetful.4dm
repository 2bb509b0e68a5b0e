Class extends Built

Class constructor
	This.late:=True
