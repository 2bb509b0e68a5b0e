//%attributes = {"preemptive":"capable"}
MESSAGE("working")
