// What is known of a document, and what can be set of it.
var $p : Text
var $locked; $hidden : Boolean
var $on; $changed : Date
var $at; $when : Time
$p:=Folder(Temporary folder; fk platform path).file(".q_"+Generate UUID).platformPath
TEXT TO DOCUMENT($p; "x")
GET DOCUMENT PROPERTIES($p; $locked; $hidden; $on; $at; $changed; $when)
ALERT(String($locked)+String($hidden)+String($on#!00-00-00!))
SET DOCUMENT PROPERTIES($p; True; True; $on; $at; !2001-02-03!; ?04:05:06?)
GET DOCUMENT PROPERTIES($p; $locked; $hidden; $on; $at; $changed; $when)
ALERT(String($locked)+" "+String($changed; ISO date)+" "+String($when))
DELETE DOCUMENT($p)
