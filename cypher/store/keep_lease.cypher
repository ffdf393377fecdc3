// Stays the only writer for a while longer; nothing where another has taken over.
// params: token, seconds
// returns: expires
MATCH (w:LianpuWriter {id: 'writer'})
SET w.asked = $token
WITH w WHERE w.token = $token
SET w.expires = datetime.realtime() + duration({seconds: $seconds})
RETURN toString(w.expires) AS expires
