// Prints all sessions by number and by UUID: what a script on the server sees of its clients.
var $session; $again : Object
var $number : Integer
var $count : Integer
For ($number; 1; 20)
	$session:=Session info($number)
	If ($session#Null)
		$count+=1
		$again:=Session info($session.ID)
		LOG EVENT(Into system standard outputs; String($number)+" "+$session.type+" "+$session.userName+" "+$session.hostType+" "+$session.IPAddress+" "+String($again.ID=$session.ID)+"\n")
	End if 
End for 
var $activity : Object
$activity:=Process activity
LOG EVENT(Into system standard outputs; String($count)+" sessions, listed "+String($activity.sessions.length)+"\n")
