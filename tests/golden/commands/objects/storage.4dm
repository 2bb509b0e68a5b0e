ALERT(String(OB Is shared(Storage)))
Use (Storage)
  Storage.counters:=New shared object("n";5)
End use
Use (Storage.counters)
  Storage.counters.n+=1
End use
ALERT(String(Storage.counters.n))
