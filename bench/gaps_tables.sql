-- The tables that gaps.sql reads: the snapshot's own, loaded into DuckDB, with what no question
-- changes worked out beforehand. Sites and products on record are put in order of place and firm.
CREATE TABLE place AS SELECT region, first, last FROM facts.region_tree;
CREATE TABLE site AS
    SELECT p.first AS place, s.enterprise
    FROM facts.site AS s JOIN place AS p ON p.region = s.region ORDER BY 1, 2;
CREATE TABLE firm AS
    SELECT f.enterprise, f.class, f.titles, f.national, f.known, coalesce(t.total, 0) AS total
    FROM facts.firm AS f
    LEFT JOIN (
        SELECT enterprise, sum(output) AS total FROM facts.making GROUP BY enterprise
    ) AS t ON t.enterprise = f.enterprise
    ORDER BY f.enterprise;
CREATE TABLE maker AS SELECT enterprise, product, output FROM facts.maker ORDER BY ALL;
CREATE TABLE input AS SELECT start, "end", coefficient, essential FROM facts."INPUT_TO";
CREATE TABLE purchase AS
    SELECT s."end" AS buyer, u.ancestor AS product, s.start AS supplier, s.amount
    FROM facts."SUPPLIES" AS s JOIN facts.product_up AS u ON u.product = s.product
    WHERE s.amount > 0 ORDER BY buyer;
CREATE TABLE class_product AS
    SELECT class, product, ln(greatest(1 - share, 1e-300)) AS unmade
    FROM facts.class_product ORDER BY class;
CREATE TABLE proximity AS SELECT product, other, proximity FROM facts.proximity;
CREATE TABLE near AS SELECT product, sum(proximity) AS total FROM proximity GROUP BY product;
CREATE TABLE everywhere AS
    SELECT p.id AS product, count(m.enterprise) AS makers, coalesce(sum(m.output), 0) AS supply
    FROM facts."Product" AS p LEFT JOIN maker AS m ON m.product = p.id GROUP BY p.id;
CREATE TABLE whole AS
    SELECT sum(total) AS output, count(*) FILTER (WHERE known) AS known FROM firm;
