ALERT(Time string(46800))
ALERT(Time string(86401))
ALERT(Time string(?17:05:09?))
ALERT(Time string(0))
