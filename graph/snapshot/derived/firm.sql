-- Active enterprises: home, class that speaks for it, titles, size, and whether products are known.
SELECT
    e.id AS enterprise,
    e.revenue,
    h."end" AS home,
    coalesce(c.class, '') AS class,
    coalesce(t.titles, 0) AS titles,
    coalesce(t.national, 0) AS national,
    k.enterprise IS NOT NULL AS known
FROM "Enterprise" AS e
LEFT JOIN "LOCATED_IN" AS h ON h.start = e.id
LEFT JOIN "BELONGS_TO" AS b ON b.start = e.id
LEFT JOIN reference_class AS c ON c.industry = b."end"
LEFT JOIN title_held AS t ON t.enterprise = e.id
LEFT JOIN (SELECT DISTINCT enterprise FROM making) AS k ON k.enterprise = e.id
WHERE coalesce(e.status, 'active') = 'active'
