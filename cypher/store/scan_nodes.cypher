// Reads the current nodes of a type that were written after a batch.
// params: since
// names: label, columns
// returns: row
MATCH (x:«label»)
WHERE x.batch > $since
RETURN [«columns»] AS row
