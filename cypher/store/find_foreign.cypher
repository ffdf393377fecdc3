// Tells which labels there are in a database, and how many nodes: it may be somebody else's.
// returns: label, nodes
MATCH (n)
WITH labels(n) AS labels LIMIT 100000
UNWIND CASE WHEN size(labels) = 0 THEN [''] ELSE labels END AS label
RETURN label, count(*) AS nodes
ORDER BY nodes DESC LIMIT 5
