// Creates current nodes; the constraint on the key refuses a second one of the same key.
//
// A row is a list of values; what is the same in all rows is sent once.
// params: rows, fixed
// names: label, properties
// returns: written
WITH $fixed AS fixed
UNWIND $rows AS row
CREATE (n:«label» {«properties»})
RETURN count(n) AS written
