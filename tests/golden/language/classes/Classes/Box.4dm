property list : Collection:=[{a: 1}]
property facts : Object:={open: True}

shared singleton Class constructor
	This.facts.size:=2
