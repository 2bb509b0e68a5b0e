// Numbers and names: the main process is number 1.
ALERT(String(Current process)+" "+Current process name+" "+String(Process info(1).type))
ALERT(String(Process state(1))+" "+String(Process state(2))+" "+String(Process state(0)))
ALERT(String(Process number(Current process name))+" "+String(Process number("nobody"))+" "+String(Process number("1")))
ALERT(String(Count tasks)+" "+String(Count user processes)+" "+String(Count users))
ALERT(JSON Stringify(Process info(2))+" "+String(Process aborted))
