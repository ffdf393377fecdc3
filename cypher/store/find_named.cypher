// Finds current nodes by key, name or another name; an exact one goes before another name.
// params: name
// names: label, key
// returns: key, name, exact
MATCH (n:«label»)
WHERE (n.«key» = $name OR n.name = $name OR n.short_name = $name OR n.code = $name
  OR $name IN coalesce(n.aliases, [])) AND (n.until IS NULL OR n.until > date())
RETURN n.«key» AS key, n.name AS name, n.«key» = $name OR n.name = $name AS exact
ORDER BY exact DESC, key LIMIT 20
