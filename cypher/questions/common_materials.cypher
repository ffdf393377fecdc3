// 共同原材料：多家本地企业都用得到的产品
// Common materials 共同原材料: products that at least so many local firms use.
// params: region, at_least = 2
// example: region = '芜湖市'
// returns: product, name, users, made_here
MATCH (s:Region)
WHERE s.code = $region OR s.name = $region OR $region IN coalesce(s.aliases, [])
MATCH (s) (()<-[w:WITHIN WHERE w.until IS NULL OR w.until > date()]-()){0,8} (place:Region)
WITH collect(DISTINCT place) AS places
CALL {
  WITH places
  UNWIND places AS place
  MATCH (place)<-[at:LOCATED_IN|PRESENT_IN]-(e:Enterprise)-[m:PRODUCES]->(x:Product)
  WHERE (at.until IS NULL OR at.until > date()) AND (m.until IS NULL OR m.until > date())
  RETURN e, x
  UNION
  WITH places
  UNWIND places AS place
  MATCH (place)<-[l:LANDED_IN]-(j:Project {stage: 'operating'})<-[u:UNDERTAKES]-(e:Enterprise),
        (j)-[f:FILLS]->(x:Product)
  WHERE (j.until IS NULL OR j.until > date()) AND (l.until IS NULL OR l.until > date())
    AND (u.until IS NULL OR u.until > date()) AND (f.until IS NULL OR f.until > date())
  RETURN e, x
}
WITH e, x
WHERE coalesce(e.status, 'active') = 'active' AND (e.until IS NULL OR e.until > date())
MATCH (x) (()-[k:IS_A WHERE k.until IS NULL OR k.until > date()]->()){0,12} (q:Product)
WITH DISTINCT e, q
WITH collect({firm: e, product: q}) AS making, collect(DISTINCT q) AS made
CALL {
  WITH making
  UNWIND making AS each
  WITH each.firm AS e, each.product AS q
  MATCH (p:Product)-[i:INPUT_TO]->(q)
  WHERE i.until IS NULL OR i.until > date()
  RETURN p, count(DISTINCT e) AS users
}
WITH p, made, users
WHERE users >= toInteger($at_least)
RETURN p.id AS product, p.name AS name, users, p IN made AS made_here
ORDER BY users DESC, product
