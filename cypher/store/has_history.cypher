// Tells whether any version was ever retired or any node is over.
// returns: found
RETURN EXISTS { MATCH (:Retired) } OR EXISTS { MATCH (:Ended) } AS found
