// Deletes the nodes that an unfinished batch has created, some at a time.
// params: number, most
// names: label
// returns: written
MATCH (n:«label») WHERE n.batch = $number
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS written
