// Makes nodes current again that were over; what refers to them stays where it is.
// params: type, rows
// names: label, key
// returns: written
UNWIND $rows AS row
MATCH (n:Ended {type: $type, «key»: row.«key»})
REMOVE n:Ended
SET n:«label», n = row
RETURN count(n) AS written
