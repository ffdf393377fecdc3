// Reads current relations by a property, with their places.
// params: values
// names: relation, property, columns
// returns: row
MATCH (a)-[x:«relation»]->(b)
WHERE x.«property» IN $values
RETURN [«columns»] AS row
