-- Regions in depth-first order: all that lies within a region stands between `first` and `last`.
-- A region whose parent is not on record is a root. `path` holds the codes from the root down.
WITH RECURSIVE parent AS (
    SELECT r.code AS region, r.level, w."end" AS parent
    FROM "Region" AS r
    LEFT JOIN "WITHIN" AS w ON w.start = r.code AND w."end" IN (SELECT code FROM "Region")
),
descent AS (
    SELECT region, level, parent, region AS path, 0 AS depth FROM parent WHERE parent IS NULL
    UNION ALL
    SELECT c.region, c.level, c.parent, d.path || chr(1) || c.region, d.depth + 1
    FROM parent AS c
    JOIN descent AS d ON c.parent = d.region
),
ordered AS (
    SELECT *, row_number() OVER (ORDER BY path) - 1 AS first FROM descent
),
span AS (
    SELECT ancestor, max(first) AS last
    FROM (SELECT unnest(string_split(path, chr(1))) AS ancestor, first FROM ordered)
    GROUP BY ancestor
)
SELECT o.region, o.level, o.parent, o.depth, o.path, o.first, s.last
FROM ordered AS o
JOIN span AS s ON s.ancestor = o.region
ORDER BY o.first
