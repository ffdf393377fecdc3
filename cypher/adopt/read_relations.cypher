// Reads relations of somebody else's graph, with the properties that are asked for.
// names: types, start, end, columns
// returns: row
MATCH (a«start»)-[x:«types»]->(b«end»)
RETURN [«columns»] AS row
