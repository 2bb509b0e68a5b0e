/* comments may come
first */
property a; b : Text
Class extends Base
property list : Collection:=[]
property c:={}
property d

shared singleton Class constructor($x : Text; ...)  // comment
	Super($x)

Function f($a : Text; $b) : Text
	return $a

	Function g($a : Text)->$r : Text
	$r:=$a
exposed local Function get name : Text
Function set name($v : Text)
Function query name($event : Object) : Text
Function orderBy name($event : Object) : Text
Function event restrict($e : Object) : cs.Selection
Function event touched name($e : Object)
Function delete()->$ok
session singleton exposed onHTTPGet Function get() : 4D.OutgoingMessage
Alias city address.city.name
exposed Alias zip address.zip
