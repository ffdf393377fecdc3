// Deletes nodes of a type with all that refers to them, some at a time.
// params: most
// names: label
// returns: written
MATCH (n:«label»)
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS written
