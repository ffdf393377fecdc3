// 证据链：两家企业之间最短的事实链条，每条事实附来源
// The evidence path between two firms: the fewest facts that join them, six at the most, each with
// its source. No rows where nothing joins them.
// params: start, end
// example: start = '奇瑞汽车股份有限公司', end = '宁德时代新能源科技股份有限公司'
// returns: step, from, relation, to, source, as_of, confidence
MATCH (a:Enterprise) WHERE a.id = $start OR a.name = $start
MATCH (b:Enterprise) WHERE (b.id = $end OR b.name = $end) AND b <> a
MATCH path = shortestPath(
  (a)-[:SUPPLIES|INVESTS_IN|PRODUCES|INPUT_TO|IS_A|UNDERTAKES|FILLS|MEMBER_OF*..6]-(b)
)
WHERE all(r IN relationships(path) WHERE r.until IS NULL OR r.until > date())
UNWIND range(0, length(path) - 1) AS at
WITH at, relationships(path)[at] AS r
OPTIONAL MATCH (s:Source {id: r.source})
RETURN at + 1 AS step, startNode(r).name AS from, type(r) AS relation, endNode(r).name AS to,
       coalesce(s.title, r.source) AS source, toString(r.as_of) AS as_of,
       r.confidence AS confidence
ORDER BY step
