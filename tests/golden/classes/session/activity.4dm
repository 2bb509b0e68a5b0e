// A server lists processes and sessions, all or those of one session.
var $all; $one : Object
$all:=Process activity
ALERT(OB Keys($all).join(" "))
ALERT($all.processes.extract("name").join(", "))
ALERT($all.processes[1].session.userName+" "+String($all.processes[1].number)+" "+String($all.processes[2].ID))
$one:=Process activity(Session info(2).ID)
ALERT($one.processes.extract("name").join(", ")+" "+String($one.sessions.length))
ALERT(OB Keys(Process activity(Processes only)).join(" ")+" "+String(OB Is defined(Process activity(Processes only).processes[0]; "session")))
ALERT(OB Keys(Process activity(Session info(2).ID; Sessions only)).join(" "))
ALERT(String(Process activity("nobody")=Null))
ALERT(Process info(9).name+" "+String(Process info(9).state)+" "+String(Process state(2))+" "+String(Process number("P_Invoice")))
ALERT(String(Count tasks)+" "+String(Count user processes)+" "+String(Count users))
