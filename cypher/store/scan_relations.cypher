// Reads the current relations of a type that were written after a batch.
// params: since
// names: type, columns
// returns: row
MATCH (a)-[x:«type»]->(b)
WHERE x.batch > $since
RETURN [«columns»] AS row
