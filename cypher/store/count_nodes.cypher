// Counts the current nodes of a type.
// names: label
// returns: rows
MATCH (n:«label») RETURN count(n) AS rows
