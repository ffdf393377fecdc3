// Tells whether any node is over.
// returns: found
RETURN EXISTS { MATCH (:Ended) } AS found
