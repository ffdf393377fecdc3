// Lets the next writer in.
// params: token
MATCH (w:LianpuWriter {id: 'writer'})
WHERE w.token = $token
DELETE w
