// Deletes retired versions that the batch lays anew.
// params: places
// returns: written
UNWIND $places AS place
MATCH (v:Retired) WHERE elementId(v) = place
DELETE v
RETURN count(*) AS written
