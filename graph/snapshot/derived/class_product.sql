-- P(p | i): among the enterprises of a class whose products are known, the share that make p.
-- The class '' is the whole graph.
WITH RECURSIVE up AS (
    SELECT DISTINCT code AS industry, code AS class, 0 AS steps FROM "Industry"
    UNION ALL
    SELECT u.industry, p."end", u.steps + 1
    FROM up AS u
    JOIN "PART_OF" AS p ON p.start = u.class
    WHERE u.steps < 8
),
firm AS (SELECT DISTINCT enterprise FROM making),
member AS (
    SELECT f.enterprise, u.class
    FROM firm AS f
    JOIN "BELONGS_TO" AS b ON b.start = f.enterprise
    JOIN up AS u ON u.industry = b."end"
    WHERE u.class IN (SELECT class FROM reference_class)
    UNION ALL
    SELECT enterprise, '' FROM firm
),
size AS (SELECT class, count(*) AS firms FROM member GROUP BY class)
SELECT m.class, k.product, count(*) / any_value(s.firms) AS share
FROM member AS m
JOIN maker AS k ON k.enterprise = m.enterprise
JOIN size AS s ON s.class = m.class
GROUP BY m.class, k.product
