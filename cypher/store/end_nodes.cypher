// Leaves of nodes that are over only their key: an end for the relations that refer to them.
// params: type, keys
// names: label, key
// returns: written
UNWIND $keys AS key
MATCH (n:«label» {«key»: key})
REMOVE n:«label»
SET n:Ended, n = {type: $type, «key»: key}
RETURN count(n) AS written
