// Creates relations between nodes of which some may be over.
//
// A row is a list of values, the keys of both ends first; what is the same in all rows is sent once.
// params: start_type, end_type, rows, fixed
// names: type, start, start_key, end, end_key, properties
// returns: written
WITH $fixed AS fixed
UNWIND $rows AS row
OPTIONAL MATCH (a:«start» {«start_key»: row[0]})
OPTIONAL MATCH (past_a:Ended {type: $start_type, «start_key»: row[0]})
OPTIONAL MATCH (b:«end» {«end_key»: row[1]})
OPTIONAL MATCH (past_b:Ended {type: $end_type, «end_key»: row[1]})
WITH row, fixed, coalesce(a, past_a) AS a, coalesce(b, past_b) AS b
WHERE a IS NOT NULL AND b IS NOT NULL
CREATE (a)-[r:«type» {«properties»}]->(b)
RETURN count(r) AS written
