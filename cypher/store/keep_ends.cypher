// Sees to it that keys of which only history is left are there for relations to refer to.
// params: type, keys
// names: key
// returns: written
UNWIND $keys AS key
MERGE (n:Ended {type: $type, «key»: key})
RETURN count(n) AS written
