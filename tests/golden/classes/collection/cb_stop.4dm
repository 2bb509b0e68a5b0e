#DECLARE($event : Object)->$double : Real
$double:=$event.value*2
$event.stop:=($event.value>=3)
