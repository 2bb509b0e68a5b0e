throw(1; "as planned")
ALERT("never")
