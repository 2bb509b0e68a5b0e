// The ten properties of the page, in its order; an absent one is left out; dates stay as the file writes them.
var $number : Integer
For ($number; 1; 4)
	ALERT(JSON Stringify(Session info($number)))
End for
