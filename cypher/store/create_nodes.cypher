// Creates current nodes; the constraint on the key refuses a second one of the same key.
// params: rows
// names: label
// returns: written
UNWIND $rows AS row
CREATE (n:«label»)
SET n = row
RETURN count(n) AS written
