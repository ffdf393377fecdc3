-- What a region lacks, over all chains, in one statement: see docs/model.md for the formulas.
-- The statistics of regions, clusters and projects are left out: the generated graph has none.
WITH scope AS (SELECT first, last FROM place WHERE region = $region),
member AS (
    SELECT DISTINCT s.enterprise
    FROM site AS s JOIN scope ON s.place BETWEEN scope.first AND scope.last
),
here AS (SELECT f.* FROM firm AS f JOIN member AS m ON m.enterprise = f.enterprise),
size AS (SELECT sum(total) AS output, count(*) FILTER (WHERE known) AS known FROM here),
own AS (
    SELECT m.enterprise, m.product, m.output, h.titles, h.national
    FROM maker AS m JOIN here AS h ON h.enterprise = m.enterprise
),
made AS (
    SELECT product, count(*) AS makers, count(output) AS reported, sum(output) AS supply,
        sum(output * output) AS squares, count(*) FILTER (WHERE titles > 0) AS titled,
        count(*) FILTER (WHERE national > 0) AS national
    FROM own GROUP BY product
),
used AS (
    SELECT i.start AS product, count(DISTINCT o.enterprise) AS users
    FROM own AS o JOIN input AS i ON i."end" = o.product GROUP BY i.start
),
needed AS (
    SELECT i.start AS product, sum(m.supply * i.coefficient) AS need
    FROM made AS m JOIN input AS i ON i."end" = m.product
    WHERE i.coefficient > 0 AND m.supply IS NOT NULL GROUP BY i.start
),
extendable AS (
    SELECT DISTINCT i."end" AS product
    FROM input AS i JOIN made AS m ON m.product = i.start WHERE i.essential
),
bought AS (
    SELECT p.product, sum(p.amount) AS spent,
        sum(p.amount) FILTER (WHERE s.enterprise IS NOT NULL) AS spent_here
    FROM purchase AS p JOIN member AS b ON b.enterprise = p.buyer
    LEFT JOIN member AS s ON s.enterprise = p.supplier GROUP BY p.product
),
silent AS (SELECT class, count(*) AS firms FROM here WHERE NOT known GROUP BY class),
doubt AS (
    SELECT c.product, sum(s.firms * c.unmade) AS unmade
    FROM class_product AS c JOIN silent AS s ON s.class = c.class GROUP BY c.product
),
close AS (
    SELECT p.product, sum(p.proximity) AS near
    FROM proximity AS p JOIN made AS m ON m.product = p.other GROUP BY p.product
),
figures AS (
    SELECT e.product, coalesce(m.makers, 0) AS makers,
        CASE WHEN m.makers IS NULL THEN 0 ELSE m.supply END AS supply,
        CASE WHEN m.reported = m.makers AND m.supply > 0 THEN m.squares / m.supply ** 2
            ELSE 1 / m.makers END AS hhi,
        coalesce(m.titled, 0) AS titled, coalesce(m.national, 0) AS national,
        coalesce(u.users, 0) AS users, n.need,
        CASE WHEN b.spent > 0 THEN coalesce(b.spent_here, 0) / b.spent
            WHEN n.need > 0 AND m.makers IS NULL THEN 0
            WHEN n.need > 0 AND m.supply IS NOT NULL THEN least(1, m.supply / n.need)
        END AS rate,
        CASE WHEN m.supply > 0 THEN m.supply / e.supply / (size.output / whole.output)
            ELSE m.makers / e.makers / (size.known / whole.known) END AS quotient,
        CASE WHEN e.makers > 0 THEN exp(coalesce(d.unmade, 0)) END AS certain,
        x.product IS NOT NULL AND m.makers IS NULL AS extendable,
        e.makers - coalesce(m.makers, 0) AS outside,
        CASE WHEN t.total > 0 THEN coalesce(c.near, 0) / t.total END AS density,
        coalesce(i.key, false) AS key, i.criticality
    FROM everywhere AS e CROSS JOIN size CROSS JOIN whole
    LEFT JOIN made AS m ON m.product = e.product
    LEFT JOIN used AS u ON u.product = e.product
    LEFT JOIN needed AS n ON n.product = e.product
    LEFT JOIN extendable AS x ON x.product = e.product
    LEFT JOIN bought AS b ON b.product = e.product
    LEFT JOIN doubt AS d ON d.product = e.product
    LEFT JOIN close AS c ON c.product = e.product
    LEFT JOIN near AS t ON t.product = e.product
    LEFT JOIN importance AS i ON i.product = e.product
),
judged AS (
    SELECT *, CASE
        WHEN (makers >= 3 OR national > 0) AND quotient >= 1 AND coalesce(rate >= 0.5, true)
            THEN 'strong'
        WHEN makers > 1 AND hhi <= 0.5 AND coalesce(rate >= 0.5, true) AND NOT (key AND titled = 0)
            THEN 'adequate'
        WHEN makers > 0 THEN 'weak'
        WHEN certain >= 0.5 THEN 'missing'
        ELSE 'unknown' END AS status
    FROM figures
)
SELECT product, status, makers, users, need, rate, quotient, certain AS certainty,
    coalesce(need / (need + w.half_need), users / (users + w.half_users)) AS demand_part,
    users / (users + w.half_users) AS reach_part,
    outside / (outside + w.half_makers) AS availability_part,
    CASE WHEN makers > 0 THEN hhi WHEN outside > 0 THEN 1 / outside END AS fragility_part,
    (w.demand * demand_part + w.reach * reach_part + w.availability * availability_part
        + coalesce(w.criticality * j.criticality, 0) + coalesce(w.feasibility * density, 0)
        + coalesce(w.fragility * fragility_part, 0) + coalesce(w.certainty * certain, 0))
    / (w.demand + w.reach + w.availability
        + if(j.criticality IS NULL, 0, w.criticality) + if(density IS NULL, 0, w.feasibility)
        + if(fragility_part IS NULL, 0, w.fragility) + if(certain IS NULL, 0, w.certainty)
    ) AS score
FROM judged AS j CROSS JOIN weight AS w
WHERE (users > 0 OR (extendable AND status = 'missing'))
    AND status IN ('weak', 'missing', 'unknown')
ORDER BY score DESC, product
