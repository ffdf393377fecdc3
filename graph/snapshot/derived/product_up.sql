-- Closure of IS_A: every product with itself and all that it is a kind of, however far up.
WITH RECURSIVE up AS (
    SELECT id AS product, id AS ancestor FROM "Product"
    UNION
    SELECT u.product, i."end" FROM up AS u JOIN "IS_A" AS i ON i.start = u.ancestor
)
SELECT product, ancestor FROM up ORDER BY ancestor, product
