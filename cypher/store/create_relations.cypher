// Creates relations between current nodes.
// params: rows
// names: type, start, start_key, end, end_key
// returns: written
UNWIND $rows AS row
MATCH (a:«start» {«start_key»: row.start})
MATCH (b:«end» {«end_key»: row.end})
CREATE (a)-[r:«type»]->(b)
SET r = row.properties
RETURN count(r) AS written
