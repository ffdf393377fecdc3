-- The class of enterprises that speaks for each enterprise: its industry where at least twenty of
-- it have known products, else the nearest broader industry that has, else the whole graph ('').
WITH RECURSIVE up AS (
    SELECT code AS industry, code AS class, 0 AS steps FROM "Industry"
    UNION ALL
    SELECT u.industry, p."end", u.steps + 1
    FROM up AS u
    JOIN "PART_OF" AS p ON p.start = u.class
    WHERE u.steps < 8
),
known AS (
    SELECT b."end" AS industry, count(*) AS firms
    FROM "BELONGS_TO" AS b
    WHERE b.start IN (SELECT enterprise FROM making)
    GROUP BY b."end"
),
size AS (
    SELECT u.class, sum(k.firms) AS firms FROM up AS u JOIN known AS k ON k.industry = u.industry
    GROUP BY u.class
    HAVING sum(k.firms) >= 20
)
SELECT u.industry, arg_min(u.class, u.steps) AS class
FROM up AS u
JOIN size AS s ON s.class = u.class
GROUP BY u.industry
