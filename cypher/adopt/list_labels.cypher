// Names the labels of a graph.
// returns: name
CALL db.labels() YIELD label
RETURN label AS name
ORDER BY name
