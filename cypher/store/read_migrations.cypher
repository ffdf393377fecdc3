// Reads the migrations that were applied, in order.
// returns: number, name, checksum, applied
MATCH (m:LianpuMigration)
RETURN m.number AS number, m.name AS name, m.checksum AS checksum, toString(m.applied) AS applied
ORDER BY number
