// Enters a batch in the ledger: from now on it counts.
// params: number, token, label, written, touched
// returns: number
MERGE (b:LianpuBatch {number: $number})
SET b = {
  number: $number, token: $token, label: $label, written: datetime($written),
  touched: $touched, state: 'written'
}
RETURN b.number AS number
