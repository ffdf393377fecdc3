// Finds a batch by the token of its writer: whether a lost acknowledgement was a commit.
// params: token
// returns: number, state, parts
MATCH (b:LianpuBatch {token: $token})
RETURN b.number AS number, b.state AS state, b.parts AS parts
