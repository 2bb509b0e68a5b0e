ALERT(String(Length(Timestamp)))
ALERT(String(Match regex("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";Timestamp)))
