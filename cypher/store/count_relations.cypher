// Counts the current relations of a type.
// names: type
// returns: rows
MATCH ()-[r:«type»]->() RETURN count(r) AS rows
