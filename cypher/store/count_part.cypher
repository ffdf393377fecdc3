// Counts one part of an unfinished batch; nothing where that part was counted before.
// params: token, part
// returns: parts
MATCH (b:LianpuBatch {token: $token})
WHERE b.parts = $part
SET b.parts = $part + 1
RETURN b.parts AS parts
