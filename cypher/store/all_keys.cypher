// Reads the keys of all nodes of a type, current or over.
// params: type
// names: label, key
// returns: key
MATCH (n:«label») RETURN n.«key» AS key
UNION
MATCH (n:Ended {type: $type}) RETURN n.«key» AS key
