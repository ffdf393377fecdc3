-- Per enterprise: how many titles it holds, and how many of them are national.
SELECT h.start AS enterprise, count(*) AS titles, count(*) FILTER (WHERE t.level = 'national') AS national
FROM "HOLDS" AS h
JOIN "Title" AS t ON t.code = h."end"
GROUP BY h.start
