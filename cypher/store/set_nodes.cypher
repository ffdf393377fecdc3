// Gives current nodes their new properties, and creates those that are not there.
// params: rows
// names: label, key
// returns: written
UNWIND $rows AS row
MERGE (n:«label» {«key»: row.«key»})
SET n = row
RETURN count(n) AS written
