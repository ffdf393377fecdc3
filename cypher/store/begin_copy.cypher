// Takes note that a copy of another store comes in: no batch is written until it is finished.
// params: number
MERGE (b:LianpuBatch {number: $number})
SET b.state = 'copying'
