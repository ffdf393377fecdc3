// Reads the nodes of a label of somebody else's graph, with all their properties.
// names: label
// returns: row
MATCH (n:«label»)
RETURN properties(n) AS row
