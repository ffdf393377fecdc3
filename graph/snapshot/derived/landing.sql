-- Projects in production: their enterprise makes the product where the project landed.
SELECT u.start AS enterprise, f."end" AS product, l."end" AS region, p.id AS project
FROM "Project" AS p
JOIN "UNDERTAKES" AS u ON u."end" = p.id
JOIN "FILLS" AS f ON f.start = p.id
JOIN "LANDED_IN" AS l ON l.start = p.id
WHERE p.stage = 'operating'
