LOG EVENT(Into system standard outputs; "exit\n")
