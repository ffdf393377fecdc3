// 集群产业链图谱：集群主导产业链的各环节，集群成员谁在做
// A cluster's chain map: the products of its lead chain, by tier, with the members that make and
// use each.
// params: cluster, chain = null
// example: cluster = '芜湖市新能源汽车产业集群'
// returns: product, name, stage, tier, key, makers, users
MATCH (k:Cluster)
WHERE k.id = $cluster OR k.name = $cluster OR $cluster IN coalesce(k.aliases, [])
CALL {
  WITH k
  MATCH (k)-[f:FOCUSES_ON]->(c:Chain)
  WHERE $chain IS NULL AND (f.until IS NULL OR f.until > date())
  RETURN c
  UNION
  MATCH (c:Chain) WHERE c.id = $chain OR c.name = $chain
  RETURN c
}
MATCH (c)-[n:INCLUDES]->(p:Product)
WHERE n.until IS NULL OR n.until > date()
CALL {
  WITH k
  OPTIONAL MATCH (k)-[a:ANCHORED_IN]->(:Region)
        (()<-[w:WITHIN WHERE w.until IS NULL OR w.until > date()]-()){0,8} (place:Region)
  WHERE a.until IS NULL OR a.until > date()
  RETURN collect(DISTINCT place) AS places
}
CALL {
  WITH k, places
  MATCH (k)<-[b:MEMBER_OF]-(e:Enterprise)
  WHERE coalesce(e.status, 'active') = 'active' AND (b.until IS NULL OR b.until > date())
    AND (e.until IS NULL OR e.until > date())
  CALL {
    WITH e
    MATCH (e)-[m:PRODUCES]->(x:Product)
    WHERE m.until IS NULL OR m.until > date()
    RETURN x
    UNION
    WITH e, places
    MATCH (e)-[u:UNDERTAKES]->(j:Project {stage: 'operating'})-[l:LANDED_IN]->(place:Region),
          (j)-[f:FILLS]->(x:Product)
    WHERE place IN places
      AND (j.until IS NULL OR j.until > date()) AND (l.until IS NULL OR l.until > date())
      AND (u.until IS NULL OR u.until > date()) AND (f.until IS NULL OR f.until > date())
    RETURN x
  }
  MATCH (x) (()-[i:IS_A WHERE i.until IS NULL OR i.until > date()]->()){0,12} (q:Product)
  WITH DISTINCT e, q
  RETURN collect({firm: e, product: q}) AS making
}
CALL {
  WITH p, making
  UNWIND CASE WHEN making = [] THEN [null] ELSE making END AS each
  WITH p, each.firm AS e, each.product AS q
  RETURN collect(DISTINCT CASE WHEN q = p THEN e.name END) AS makers,
         count(DISTINCT CASE WHEN EXISTS {
           MATCH (p)-[i:INPUT_TO]->(q) WHERE i.until IS NULL OR i.until > date()
         } THEN e END) AS users
}
RETURN p.id AS product, p.name AS name, n.stage AS stage, n.tier AS tier,
       coalesce(n.key, false) AS key, makers, users
ORDER BY tier, product
