// Creates relations between current nodes.
//
// A row is a list of values, the keys of both ends first; what is the same in all rows is sent once.
// params: rows, fixed
// names: type, start, start_key, end, end_key, properties
// returns: written
WITH $fixed AS fixed
UNWIND $rows AS row
MATCH (a:«start» {«start_key»: row[0]})
MATCH (b:«end» {«end_key»: row[1]})
CREATE (a)-[r:«type» {«properties»}]->(b)
RETURN count(r) AS written
