// Takes note that a copy is finished.
// params: number
MATCH (b:LianpuBatch {number: $number, state: 'copying'})
DELETE b
