// Reads current nodes by a property, with their places.
// params: values
// names: label, property, columns
// returns: row
UNWIND $values AS value
MATCH (x:«label» {«property»: value})
RETURN [«columns»] AS row
