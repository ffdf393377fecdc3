-- Proximity of two products: min(n_pq / n_p, n_pq / n_q) over active enterprises, 0 below three
-- that make both (Hidalgo, Klinger, Barabasi, Hausmann: The Product Space, Science 317, 2007).
-- Each pair is counted once, and by numbers: pairs are many, and their keys long.
WITH total AS (
    SELECT product, count(*) AS makers, row_number() OVER () AS number
    FROM maker
    GROUP BY product
    HAVING count(*) >= 3
),
several AS (
    SELECT m.enterprise, t.number
    FROM maker AS m
    JOIN total AS t ON t.product = m.product
),
pair AS (
    SELECT a.number, b.number AS other, count(*) AS together
    FROM several AS a
    JOIN several AS b ON b.enterprise = a.enterprise AND b.number > a.number
    GROUP BY a.number, b.number
    HAVING count(*) >= 3
),
both_ways AS (
    SELECT number, other, together FROM pair
    UNION ALL
    SELECT other, number, together FROM pair
)
SELECT t.product, o.product AS other, p.together, p.together / greatest(t.makers, o.makers) AS proximity
FROM both_ways AS p
JOIN total AS t ON t.number = p.number
JOIN total AS o ON o.number = p.other
