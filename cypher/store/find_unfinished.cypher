// Finds a batch that was begun and never finished.
// returns: number, touched
MATCH (b:LianpuBatch {state: 'writing'})
RETURN b.number AS number, b.touched AS touched
