// 招引对象：本地以外生产某产品的企业，及其与本地企业的往来
// Candidates for a gap: active firms outside a region that make a product, with the local firms
// that they already trade with.
// params: region, product
// example: region = '芜湖市', product = '动力电池'
// returns: enterprise, name, home, revenue, titles, national_titles, trades_with
MATCH (s:Region)
WHERE s.code = $region OR s.name = $region OR $region IN coalesce(s.aliases, [])
MATCH (s) (()<-[w:WITHIN WHERE w.until IS NULL OR w.until > date()]-()){0,8} (place:Region)
WITH collect(DISTINCT place) AS places
CALL {
  WITH places
  UNWIND places AS place
  MATCH (place)<-[at:LOCATED_IN|PRESENT_IN]-(e:Enterprise)
  WHERE coalesce(e.status, 'active') = 'active'
    AND (at.until IS NULL OR at.until > date()) AND (e.until IS NULL OR e.until > date())
  RETURN collect(DISTINCT e) AS local
}
CALL {
  MATCH (p:Product)
  WHERE p.id = $product OR p.name = $product OR $product IN coalesce(p.aliases, [])
  MATCH (p) (()<-[k:IS_A WHERE k.until IS NULL OR k.until > date()]-()){0,12} (x:Product)
  CALL {
    WITH x
    MATCH (x)<-[m:PRODUCES]-(e:Enterprise)
    WHERE m.until IS NULL OR m.until > date()
    RETURN e
    UNION
    WITH x
    MATCH (x)<-[f:FILLS]-(j:Project {stage: 'operating'})<-[u:UNDERTAKES]-(e:Enterprise),
          (j)-[l:LANDED_IN]->(:Region)
    WHERE (j.until IS NULL OR j.until > date()) AND (l.until IS NULL OR l.until > date())
      AND (u.until IS NULL OR u.until > date()) AND (f.until IS NULL OR f.until > date())
    RETURN e
  }
  RETURN DISTINCT e
}
WITH local, e
WHERE coalesce(e.status, 'active') = 'active' AND (e.until IS NULL OR e.until > date())
  AND NOT e IN local
OPTIONAL MATCH (e)-[h:LOCATED_IN]->(home:Region) WHERE h.until IS NULL OR h.until > date()
CALL {
  WITH e
  MATCH (e)-[h:HOLDS]->(t:Title)
  WHERE (h.until IS NULL OR h.until > date()) AND (t.until IS NULL OR t.until > date())
  RETURN count(t) AS titles, count(CASE WHEN t.level = 'national' THEN 1 END) AS national_titles
}
CALL {
  WITH e, local
  MATCH (e)-[t:SUPPLIES]-(other:Enterprise)
  WHERE other IN local AND (t.until IS NULL OR t.until > date())
  RETURN collect(DISTINCT other.name) AS trades_with
}
RETURN e.id AS enterprise, e.name AS name, home.name AS home, e.revenue AS revenue, titles,
       national_titles, trades_with
ORDER BY size(trades_with) DESC, national_titles DESC, coalesce(revenue, 0) DESC, enterprise
