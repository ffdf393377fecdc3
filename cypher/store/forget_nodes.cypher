// Deletes nodes whose key has gone over into another.
// params: type, keys
// names: label, key
// returns: written
UNWIND $keys AS key
CALL {
  WITH key MATCH (n:«label» {«key»: key}) RETURN n
  UNION
  WITH key MATCH (n:Ended {type: $type, «key»: key}) RETURN n
}
DETACH DELETE n
RETURN count(*) AS written
