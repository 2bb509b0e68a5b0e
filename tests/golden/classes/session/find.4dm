// A session is found by its number or by its UUID in either form and case; anything else is Null.
var $nothing : Variant
var $real : Real
ALERT(Session info(3).userName)
$real:=2.6
ALERT(Session info($real).userName)
ALERT(Session info("5A21C0D4E0F84B7D8E13A3C7B0D90B03").userName)
ALERT(Session info("5a21c0d4e0f84b7d8e13a3c7b0d90b03").userName)
ALERT(Session info("5a21c0d4-e0f8-4b7d-8e13-a3c7b0d90b03").userName)
ALERT(Session info(Session.id).ID)
ALERT(JSON Stringify(Session info(5)))
ALERT(JSON Stringify(Session info(0)))
ALERT(JSON Stringify(Session info(-3)))
ALERT(JSON Stringify(Session info("3")))
ALERT(JSON Stringify(Session info("")))
ALERT(JSON Stringify(Session info("@")))
ALERT(JSON Stringify(Session info("5A21@")))
ALERT(JSON Stringify(Session info(Null)))
ALERT(JSON Stringify(Session info($nothing)))
