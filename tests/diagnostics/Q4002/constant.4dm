ALERT(String(OB Get({a: 1}; "a"; Is longnit)))
