throw(7; "as planned")
