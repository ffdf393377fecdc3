// Deletes the relations that an unfinished batch has created, some at a time.
// params: number, most
// names: type
// returns: written
MATCH ()-[r:«type»]->() WHERE r.batch = $number
WITH r LIMIT $most
DELETE r
RETURN count(*) AS written
