// Without assertions the condition of ASSERT is not computed; Asserted gives its condition in any case.
ALERT(String(Get assert enabled))
Try
	ASSERT(False; "no")
Catch
	ALERT(String(Last errors[0].errCode)+" "+Last errors[0].message)
End try
SET ASSERT ENABLED(False)
ASSERT(Noisy; "x")
ALERT(String(Asserted(1=2))+" "+String(Get assert enabled))
SET ASSERT ENABLED(True; *)
ALERT(String(Get assert enabled)+" "+String(Asserted(1=1)))
