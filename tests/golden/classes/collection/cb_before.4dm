#DECLARE($event : Object)
$event.result:=$event.value<$event.value2
