// 上游：某产品若干步以内的投入品
// Upstream of a product: what goes into it directly, or through others, up to some steps (twenty at
// the most), with what it goes into on a shortest way.
// params: product, steps = 3
// example: product = '动力电池'
// returns: product, name, steps, into
MATCH (p:Product)
WHERE p.id = $product OR p.name = $product OR $product IN coalesce(p.aliases, [])
MATCH path = ALL SHORTEST
  (x:Product) (()-[i:INPUT_TO WHERE i.until IS NULL OR i.until > date()]->()){1,20} (p)
WHERE x <> p
WITH x, length(path) AS steps, nodes(path)[1].name AS into
WHERE steps <= toInteger($steps)
RETURN x.id AS product, x.name AS name, steps, collect(DISTINCT into) AS into
ORDER BY steps, product
