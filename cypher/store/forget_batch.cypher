// Takes an unfinished batch out of the ledger after what it wrote has been deleted.
// params: number
MATCH (b:LianpuBatch {number: $number, state: 'writing'})
DELETE b
