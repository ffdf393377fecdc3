// Deletes relations that the batch replaces.
// params: places
// names: type
// returns: written
UNWIND $places AS place
MATCH ()-[r:«type»]->() WHERE elementId(r) = place
DELETE r
RETURN count(*) AS written
