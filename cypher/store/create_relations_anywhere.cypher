// Creates relations between nodes of which some may be over.
// params: start_type, end_type, rows
// names: type, start, start_key, end, end_key
// returns: written
UNWIND $rows AS row
OPTIONAL MATCH (a:«start» {«start_key»: row.start})
OPTIONAL MATCH (past_a:Ended {type: $start_type, «start_key»: row.start})
OPTIONAL MATCH (b:«end» {«end_key»: row.end})
OPTIONAL MATCH (past_b:Ended {type: $end_type, «end_key»: row.end})
WITH row, coalesce(a, past_a) AS a, coalesce(b, past_b) AS b
WHERE a IS NOT NULL AND b IS NOT NULL
CREATE (a)-[r:«type»]->(b)
SET r = row.properties
RETURN count(r) AS written
