// Begins a batch that is written in several transactions.
// params: number, token, touched
// returns: number
MERGE (b:LianpuBatch {number: $number})
SET b.token = $token, b.state = 'writing', b.touched = $touched, b.parts = 0
RETURN b.number AS number
