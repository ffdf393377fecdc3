// Reads the retired versions of a type that were written or retired after a batch.
// params: type, since
// names: columns
// returns: row
MATCH (x:Retired {type: $type})
WHERE x.batch > $since OR x.retired > $since
RETURN [«columns»] AS row
