// Without a server there are only processes, whatever is asked for.
ALERT(OB Keys(Process activity).join(" "))
ALERT(OB Keys(Process activity("nobody"; Sessions only)).join(" "))
ALERT(OB Keys(Process activity.processes[0]).join(" "))
