// 共同供应商：给多家本地企业供货的企业
// Shared suppliers of local firms: who sells to at least so many of them.
// params: region, at_least = 2
// example: region = '芜湖市'
// returns: enterprise, name, is_local, buyers, products
MATCH (s:Region)
WHERE s.code = $region OR s.name = $region OR $region IN coalesce(s.aliases, [])
MATCH (s) (()<-[w:WITHIN WHERE w.until IS NULL OR w.until > date()]-()){0,8} (place:Region)
      <-[at:LOCATED_IN|PRESENT_IN]-(e:Enterprise)
WHERE coalesce(e.status, 'active') = 'active'
  AND (at.until IS NULL OR at.until > date()) AND (e.until IS NULL OR e.until > date())
WITH collect(DISTINCT e) AS local
UNWIND local AS buyer
MATCH (supplier:Enterprise)-[t:SUPPLIES]->(buyer)
WHERE supplier <> buyer AND (t.until IS NULL OR t.until > date())
  AND coalesce(supplier.status, 'active') = 'active'
  AND (supplier.until IS NULL OR supplier.until > date())
OPTIONAL MATCH (p:Product {id: t.product})
WITH local, supplier, count(DISTINCT buyer) AS buyers, collect(DISTINCT p.name) AS products
WHERE buyers >= toInteger($at_least)
RETURN supplier.id AS enterprise, supplier.name AS name, supplier IN local AS is_local, buyers,
       products
ORDER BY buyers DESC, enterprise
