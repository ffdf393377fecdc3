// Enters the batches of another store in the ledger.
// params: rows
// returns: written
UNWIND $rows AS row
MERGE (b:LianpuBatch {number: row.number})
SET b.label = row.label, b.written = datetime(row.written), b.touched = row.touched,
    b.state = 'written'
RETURN count(b) AS written
