-- Where active enterprises are: their home and their further sites.
SELECT f.enterprise, f.home AS region FROM firm AS f WHERE f.home IS NOT NULL
UNION
SELECT p.start, p."end" FROM "PRESENT_IN" AS p WHERE p.start IN (SELECT enterprise FROM firm)
