#DECLARE($event : Object)
If (Mod($event.value; 2)=1)
  $event.result:=True
End if
