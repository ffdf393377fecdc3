// Reads the batches that were written, oldest first.
// params: since
// returns: number, label, written, touched
MATCH (b:LianpuBatch)
WHERE b.number > $since AND b.state = 'written'
RETURN b.number AS number, b.label AS label, toString(b.written) AS written, b.touched AS touched
ORDER BY number
