//%attributes = {"shared":true,"preemptive":"capable"}
// Says :C41 to all
ALERT:C41("Hello :C41"+String:C10(Is text:K8:3))
