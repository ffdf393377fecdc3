// Names the types of relations of a graph.
// returns: name
CALL db.relationshipTypes() YIELD relationshipType
RETURN relationshipType AS name
ORDER BY name
