// Deletes relations of a type, some at a time.
// params: most
// names: type
// returns: written
MATCH ()-[r:«type»]->()
WITH r LIMIT $most
DELETE r
RETURN count(*) AS written
