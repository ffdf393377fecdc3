// Deletes retired versions and ended nodes of a type, some at a time.
// params: type, most
// returns: written
MATCH (v:Retired|Ended {type: $type})
WITH v LIMIT $most
DETACH DELETE v
RETURN count(*) AS written
