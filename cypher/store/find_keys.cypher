// Tells which keys are those of nodes, current or over.
// params: type, values
// names: label, key
// returns: key
UNWIND $values AS value
CALL {
  WITH value MATCH (n:«label» {«key»: value}) RETURN n
  UNION
  WITH value MATCH (n:Ended {type: $type, «key»: value}) RETURN n
}
RETURN DISTINCT value AS key
