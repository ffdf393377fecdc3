// 缺口：一个地区用得到、或可延伸出去、而本地无人生产的产品
// Gaps of a region: what its firms use, or could go on to make, and nobody there makes.
//
// `certainty` is the chance that there is really no maker beyond those on record; below one half
// the status is unknown. The arithmetic is that of docs/model.md.
// params: region
// example: region = '芜湖市'
// returns: product, name, status, kinds, users, makers_elsewhere, is_break, certainty
MATCH (s:Region)
WHERE s.code = $region OR s.name = $region OR $region IN coalesce(s.aliases, [])
MATCH (s) (()<-[w:WITHIN WHERE w.until IS NULL OR w.until > date()]-()){0,8} (place:Region)
WITH collect(DISTINCT place) AS places
// Active firms with a seat or a site there.
CALL {
  WITH places
  UNWIND places AS place
  MATCH (place)<-[at:LOCATED_IN|PRESENT_IN]-(e:Enterprise)
  WHERE coalesce(e.status, 'active') = 'active'
    AND (at.until IS NULL OR at.until > date()) AND (e.until IS NULL OR e.until > date())
  RETURN collect(DISTINCT e) AS firms
}
// What they make, a project in production making its product where it landed.
CALL {
  WITH places, firms
  CALL {
    WITH firms
    UNWIND firms AS e
    MATCH (e)-[m:PRODUCES]->(x:Product)
    WHERE m.until IS NULL OR m.until > date()
    RETURN e, x
    UNION
    WITH places
    UNWIND places AS place
    MATCH (place)<-[l:LANDED_IN]-(j:Project {stage: 'operating'})<-[u:UNDERTAKES]-(e:Enterprise),
          (j)-[f:FILLS]->(x:Product)
    WHERE coalesce(e.status, 'active') = 'active' AND (e.until IS NULL OR e.until > date())
      AND (j.until IS NULL OR j.until > date()) AND (l.until IS NULL OR l.until > date())
      AND (u.until IS NULL OR u.until > date()) AND (f.until IS NULL OR f.until > date())
    RETURN e, x
  }
  MATCH (x) (()-[k:IS_A WHERE k.until IS NULL OR k.until > date()]->()){0,12} (q:Product)
  WITH DISTINCT e, q
  RETURN collect({firm: e, product: q}) AS making, collect(DISTINCT q) AS on_record
}
// Statistics of the region, or of what lies in it, say that a product is made there too.
CALL {
  WITH places
  UNWIND places AS place
  MATCH (place)-[o:OUTPUTS]->(q:Product)
  WHERE o.until IS NULL OR o.until > date()
  RETURN collect(DISTINCT q) AS by_statistics
}
WITH firms, making, on_record <> [] AS recorded,
     on_record + [q IN by_statistics WHERE NOT q IN on_record] AS made
// Products that firms there use, and those that an essential input of is made there.
CALL {
  WITH making, made
  CALL {
    WITH making
    UNWIND making AS each
    WITH each.firm AS e, each.product AS q
    MATCH (p:Product)-[i:INPUT_TO]->(q)
    WHERE i.until IS NULL OR i.until > date()
    RETURN p, e, false AS extends
    UNION
    WITH made
    UNWIND made AS q
    MATCH (q)-[i:INPUT_TO {essential: true}]->(p:Product)
    WHERE i.until IS NULL OR i.until > date()
    RETURN DISTINCT p, null AS e, true AS extends
  }
  RETURN p, count(DISTINCT e) AS users, max(CASE WHEN extends THEN 1 ELSE 0 END) = 1 AS extends
}
WITH firms, made, recorded, p, users, extends
WHERE NOT p IN made
WITH firms, made, recorded, collect({product: p, users: users, extends: extends}) AS wanted
// Firms whose products nobody knows, by the class of industry that speaks for them: their own
// where at least twenty of it have known products, else the nearest broader one, else all.
CALL {
  WITH firms
  UNWIND firms AS e
  WITH e WHERE NOT EXISTS {
    MATCH (e)-[m:PRODUCES]->(:Product) WHERE m.until IS NULL OR m.until > date()
  }
  OPTIONAL MATCH (e)-[b:BELONGS_TO]->(i:Industry) WHERE b.until IS NULL OR b.until > date()
  WITH i, count(e) AS silent
  CALL {
    WITH i
    MATCH path = (i) (()-[h:PART_OF WHERE h.until IS NULL OR h.until > date()]->()){0,8} (c:Industry)
    WITH c, length(path) AS steps
    MATCH (c) (()<-[h:PART_OF WHERE h.until IS NULL OR h.until > date()]-()){0,8} (n:Industry)
          <-[b:BELONGS_TO]-(f:Enterprise)
    WHERE (b.until IS NULL OR b.until > date()) AND coalesce(f.status, 'active') = 'active'
      AND (f.until IS NULL OR f.until > date())
      AND EXISTS { MATCH (f)-[m:PRODUCES]->(:Product) WHERE m.until IS NULL OR m.until > date() }
    WITH c, steps, count(DISTINCT f) AS firms WHERE firms >= 20
    RETURN c, firms ORDER BY steps LIMIT 1
    UNION
    WITH i
    RETURN null AS c, 0 AS firms
  }
  WITH i, silent, collect({class: c, firms: firms}) AS classes
  WITH silent, [k IN classes WHERE k.class IS NOT NULL][0] AS class
  RETURN collect({silent: silent, class: class.class, firms: class.firms}) AS silence
}
CALL {
  MATCH (f:Enterprise)
  WHERE coalesce(f.status, 'active') = 'active' AND (f.until IS NULL OR f.until > date())
    AND EXISTS { MATCH (f)-[m:PRODUCES]->(:Product) WHERE m.until IS NULL OR m.until > date() }
  RETURN count(f) AS everywhere
}
UNWIND wanted AS want
WITH made, recorded, silence, everywhere, want.product AS p, want.users AS users, want.extends AS extends
// Who makes it anywhere.
CALL {
  WITH p
  MATCH (p) (()<-[k:IS_A WHERE k.until IS NULL OR k.until > date()]-()){0,12} (x:Product)
  CALL {
    WITH x
    MATCH (x)<-[m:PRODUCES]-(e:Enterprise)
    WHERE m.until IS NULL OR m.until > date()
    RETURN e, true AS stated
    UNION
    WITH x
    MATCH (x)<-[f:FILLS]-(j:Project {stage: 'operating'})<-[u:UNDERTAKES]-(e:Enterprise),
          (j)-[l:LANDED_IN]->(:Region)
    WHERE (j.until IS NULL OR j.until > date()) AND (l.until IS NULL OR l.until > date())
      AND (u.until IS NULL OR u.until > date()) AND (f.until IS NULL OR f.until > date())
    RETURN e, false AS stated
  }
  WITH e, stated
  WHERE coalesce(e.status, 'active') = 'active' AND (e.until IS NULL OR e.until > date())
  RETURN count(DISTINCT e) AS makers_elsewhere,
         collect(DISTINCT CASE WHEN stated THEN e END) AS makers
}
CALL {
  WITH silence, everywhere, makers
  UNWIND CASE WHEN silence = [] THEN [null] ELSE silence END AS part
  WITH part, everywhere, makers, part.class AS class
  CALL {
    WITH makers, class
    UNWIND CASE WHEN makers = [] THEN [null] ELSE makers END AS e
    WITH e, class
    WHERE e IS NOT NULL AND (class IS NULL OR EXISTS {
      MATCH (e)-[b:BELONGS_TO WHERE b.until IS NULL OR b.until > date()]->(:Industry)
            (()-[h:PART_OF WHERE h.until IS NULL OR h.until > date()]->()){0,8} (class)
    })
    RETURN count(e) AS there
  }
  WITH part, there, CASE WHEN class IS NULL THEN everywhere ELSE part.firms END AS firms
  RETURN reduce(c = 1.0, factor IN collect(
    CASE WHEN part IS NULL OR there = 0 THEN 1.0
         ELSE (1.0 - toFloat(there) / firms) ^ part.silent END
  ) | c * factor) AS chance
}
WITH p, users, extends, made, makers_elsewhere, CASE
  WHEN recorded AND (makers_elsewhere > 0 OR EXISTS {
    MATCH (p)<-[o:OUTPUTS]-(:Region) WHERE o.until IS NULL OR o.until > date()
  }) THEN chance END AS certainty
WITH *, CASE WHEN certainty >= 0.5 THEN 'missing' ELSE 'unknown' END AS status
WHERE users > 0 OR status = 'missing'
WITH *, EXISTS {
  MATCH (q:Product)-[i:INPUT_TO]->(p) WHERE (i.until IS NULL OR i.until > date()) AND q IN made
} AS has_input
RETURN p.id AS product, p.name AS name, status,
       [kind IN ['fill', 'extend'] WHERE status = 'missing'
          AND (kind = 'fill' AND users > 0 OR kind = 'extend' AND extends)] AS kinds,
       users, makers_elsewhere, status = 'missing' AND users > 0 AND has_input AS is_break, certainty
ORDER BY users DESC, product
