ALERT(Lowercase("DÉJÀ Vu 9"))
ALERT(Lowercase("DÉJÀ Vu 9";*))
ALERT(Lowercase("ŒUF ΑΒΓ"))
