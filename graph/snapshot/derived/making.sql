-- What active enterprises are on record as making, with output = revenue x share in yuan a year.
-- Where shares are missing, what is left of the revenue is split evenly over the products without
-- one, and the output is marked as estimated. Without revenue there is no output.
WITH active AS (
    SELECT id, revenue FROM "Enterprise" WHERE coalesce(status, 'active') = 'active'
),
stated AS (
    SELECT p.start AS enterprise, p."end" AS product, p.share, a.revenue
    FROM "PRODUCES" AS p
    JOIN active AS a ON a.id = p.start
),
remainder AS (
    SELECT enterprise, greatest(0, 1 - coalesce(sum(share), 0)) / nullif(count(*) - count(share), 0) AS share
    FROM stated
    GROUP BY enterprise
)
SELECT
    s.enterprise,
    s.product,
    s.revenue * coalesce(s.share, r.share) AS output,
    s.revenue IS NOT NULL AND s.share IS NULL AS estimated
FROM stated AS s
JOIN remainder AS r ON r.enterprise = s.enterprise
