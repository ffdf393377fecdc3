-- Makers: an enterprise makes a product if it makes that product or one that is a kind of it.
SELECT
    u.ancestor AS product,
    m.enterprise,
    sum(m.output) AS output,
    bool_or(m.estimated) AS estimated
FROM making AS m
JOIN product_up AS u ON u.product = m.product
GROUP BY u.ancestor, m.enterprise
