-- Proximity of two products: min(n_pq / n_p, n_pq / n_q) over active enterprises, 0 below three
-- that make both (Hidalgo, Klinger, Barabasi, Hausmann: The Product Space, Science 317, 2007).
WITH total AS (
    SELECT product, count(*) AS makers FROM maker GROUP BY product HAVING count(*) >= 3
),
several AS (
    SELECT m.product, m.enterprise
    FROM maker AS m
    JOIN total AS t ON t.product = m.product
),
pair AS (
    SELECT a.product, b.product AS other, count(*) AS together
    FROM several AS a
    JOIN several AS b ON b.enterprise = a.enterprise AND b.product <> a.product
    GROUP BY a.product, b.product
    HAVING count(*) >= 3
)
SELECT p.product, p.other, p.together, p.together / greatest(t.makers, o.makers) AS proximity
FROM pair AS p
JOIN total AS t ON t.product = p.product
JOIN total AS o ON o.product = p.other
