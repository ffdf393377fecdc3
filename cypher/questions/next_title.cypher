// 梯度培育：离下一级资质只差一步的本地企业
// Firms close to the next title: those that hold the rung below on its ladder, and neither it nor
// one above.
// params: region
// example: region = '芜湖市'
// returns: enterprise, name, holds, since, next
MATCH (s:Region)
WHERE s.code = $region OR s.name = $region OR $region IN coalesce(s.aliases, [])
MATCH (s) (()<-[w:WITHIN WHERE w.until IS NULL OR w.until > date()]-()){0,8} (place:Region)
      <-[at:LOCATED_IN|PRESENT_IN]-(e:Enterprise)
WHERE coalesce(e.status, 'active') = 'active'
  AND (at.until IS NULL OR at.until > date()) AND (e.until IS NULL OR e.until > date())
WITH DISTINCT e
MATCH (e)-[h:HOLDS]->(t:Title)
WHERE (h.until IS NULL OR h.until > date()) AND (t.until IS NULL OR t.until > date())
  AND t.ladder IS NOT NULL AND t.rank IS NOT NULL
WITH e, t.ladder AS ladder, h, t ORDER BY t.rank DESC, t.code
WITH e, ladder, collect({title: t, since: h.since})[0] AS top
CALL {
  WITH ladder, top
  WITH ladder, top.title AS held
  MATCH (n:Title {ladder: ladder})
  WHERE n.rank > held.rank AND (n.until IS NULL OR n.until > date())
  RETURN n ORDER BY n.rank, n.code LIMIT 1
}
RETURN e.id AS enterprise, e.name AS name, top.title.name AS holds,
       toString(top.since) AS since, n.name AS next
ORDER BY next, since, enterprise
