#DECLARE($event : Object; $last : Real)
If ($event.accumulator=Null)
  $event.accumulator:=[]
End if
$event.accumulator.push($event.value)
$event.stop:=($event.value=$last)
