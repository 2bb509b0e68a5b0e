Class extends Plain

property kind : Text:="below"

Class constructor($label : Text)
	This.label:=$label+" "+This.kind+" "+String(This.since)
