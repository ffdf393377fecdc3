// Tells whether a copy was begun and not finished.
// params: number
// returns: number
MATCH (b:LianpuBatch {number: $number, state: 'copying'})
RETURN b.number AS number
