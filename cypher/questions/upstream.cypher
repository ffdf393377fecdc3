// 上游：某产品若干步以内的投入品
// Upstream of a product: what goes into it directly, or through others, up to some steps, with what
// it goes into a step further down. What goes into a product goes into each kind of it.
// params: product, steps = 3
// example: product = '动力电池'
// returns: product, name, steps, into
MATCH (p:Product)
WHERE p.id = $product OR p.name = $product OR $product IN coalesce(p.aliases, [])
WITH reduce(found = [{product: p, steps: 0}], step IN range(1, toInteger($steps)) |
  found + COLLECT {
    UNWIND [each IN found WHERE each.steps = step - 1 | each.product] AS y
    MATCH (y) (()-[k:IS_A WHERE k.until IS NULL OR k.until > date()]->()){0,12} (:Product)
          <-[i:INPUT_TO WHERE i.until IS NULL OR i.until > date()]-(x:Product)
    WHERE NOT x IN [each IN found | each.product]
    WITH DISTINCT x
    RETURN {product: x, steps: step}
  }
) AS found
UNWIND found AS each
WITH found, each.product AS x, each.steps AS steps
WHERE steps > 0
CALL {
  WITH found, x, steps
  UNWIND [each IN found WHERE each.steps = steps - 1 | each.product] AS y
  WITH x, y
  WHERE EXISTS {
    MATCH (y) (()-[k:IS_A WHERE k.until IS NULL OR k.until > date()]->()){0,12} (:Product)
          <-[i:INPUT_TO WHERE i.until IS NULL OR i.until > date()]-(x)
  }
  RETURN collect(y.name) AS into
}
RETURN x.id AS product, x.name AS name, steps, into
ORDER BY steps, product
