// Reads retired versions by a property, with their places.
// params: type, values
// names: property, columns
// returns: row
UNWIND $values AS value
MATCH (x:Retired {type: $type, «property»: value})
RETURN [«columns»] AS row
