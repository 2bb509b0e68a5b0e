// A document is written piece by piece, and read event by event.
var $path; $t; $u; $v : Text
var $doc : Time
var $event; $i : Integer
var $alone : Boolean
var $log : Collection
ARRAY TEXT($names; 1)
ARRAY TEXT($values; 1)
$path:=Folder(Temporary folder; fk platform path).file("q_"+Generate UUID+".xml").platformPath
$doc:=Create document($path)
SAX SET XML DECLARATION($doc; "UTF-8"; True)
SAX ADD XML DOCTYPE($doc; "list [<!ENTITY name \"Replacement\">]")
SAX ADD XML COMMENT($doc; "Created by 4D")
SAX ADD PROCESSING INSTRUCTION($doc; "PI TextProcess")
SAX OPEN XML ELEMENT($doc; "list"; "n"; "1")
$names{1}:="Font"
$values{1}:="Arial"
SAX OPEN XML ELEMENT ARRAYS($doc; "p:Book"; $names; $values)
SAX ADD XML ELEMENT VALUE($doc; "a<b")
SAX CLOSE XML ELEMENT($doc)
SAX OPEN XML ELEMENT($doc; "c")
SAX ADD XML CDATA($doc; "x<y")
SAX CLOSE XML ELEMENT($doc)
SAX OPEN XML ELEMENT($doc; "empty")
CLOSE DOCUMENT($doc)
ALERT(Document to text($path; "UTF-8"))
$doc:=Open document($path; Read mode)
$log:=New collection
Repeat
	$event:=SAX Get XML node($doc)
	Case of
		: ($event=XML start document)
			SAX GET XML DOCUMENT VALUES($doc; $t; $u; $alone)
			$log.push($t+$u+String($alone))
		: ($event=XML comment)
			SAX GET XML COMMENT($doc; $t)
			$log.push($t)
		: ($event=XML processing instruction)
			SAX GET XML PROCESSING INSTRUCTION($doc; $t; $u)
			$log.push($t+"="+$u)
		: ($event=XML entity)
			SAX GET XML ENTITY($doc; $t; $u)
			$log.push($t+"="+$u)
		: ($event=XML start element)
			SAX GET XML ELEMENT($doc; $t; $u; $names; $values)
			$log.push("<"+$u+"|"+$t+String(Size of array($names)))
		: ($event=XML end element)
			SAX GET XML ELEMENT($doc; $t; $u; $names; $values)
			$log.push(">"+$t)
		: ($event=XML CDATA)
			SAX GET XML CDATA($doc; $t)
			$log.push($t)
		: ($event=XML DATA)
			SAX GET XML ELEMENT VALUE($doc; $t)
			If (Position("a"; $t)>0)
				$log.push($t)
			End if
	End case
Until ($event=XML end document)
ALERT($log.join(";"))
Try
	SAX GET XML COMMENT($doc; $t)
Catch
	ALERT(String(Last errors[0].errCode)+" "+String(OK))
End try
CLOSE DOCUMENT($doc)
DELETE DOCUMENT($path)
