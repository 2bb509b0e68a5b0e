ALERT("a")
End if
Else
Catch
: ($a)
Until ($b)
End SQL
$x:=1
