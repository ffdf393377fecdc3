-- Statistics of whole regions, the latest year of each. A region without a record of its own has
-- the sum of the nearest records below it; it is negligible only if all of those are.
WITH latest AS (
    SELECT start AS region, "end" AS product, year, value, share,
        coalesce(negligible, false) AS negligible
    FROM "OUTPUTS"
    QUALIFY row_number() OVER (PARTITION BY start, "end" ORDER BY year DESC NULLS LAST) = 1
),
above AS (
    SELECT t.region, unnest(string_split(t.path, chr(1))) AS ancestor FROM region_tree AS t
),
nearest AS (
    SELECT a.ancestor AS region, l.*  EXCLUDE (region)
    FROM latest AS l
    JOIN above AS a ON a.region = l.region
    WHERE NOT EXISTS (
        SELECT 1
        FROM latest AS other
        JOIN above AS over_ ON over_.region = l.region AND over_.ancestor = other.region
        JOIN above AS under ON under.region = other.region AND under.ancestor = a.ancestor
        WHERE other.product = l.product AND other.region <> l.region
    )
)
SELECT region, product, max(year) AS year, sum(value) AS value, sum(share) AS share,
    bool_and(negligible) AS negligible
FROM nearest
GROUP BY region, product
