// Creates versions of facts that are retired.
// params: type, rows
// returns: written
UNWIND $rows AS row
CREATE (v:Retired)
SET v = row, v.type = $type
RETURN count(v) AS written
