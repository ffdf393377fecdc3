// Reads current relations by the key of the node at one of their ends, with their places.
// params: type, values
// names: relation, end, label, key, columns
// returns: row
UNWIND $values AS value
CALL {
  WITH value MATCH (n:«label» {«key»: value}) RETURN n
  UNION
  WITH value MATCH (n:Ended {type: $type, «key»: value}) RETURN n
}
MATCH (a)-[x:«relation»]->(b) WHERE «end» = n
RETURN [«columns»] AS row
