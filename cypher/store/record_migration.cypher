// Records a migration that was applied.
// params: number, name, checksum
MERGE (m:LianpuMigration {number: $number})
SET m.name = $name, m.checksum = $checksum, m.applied = datetime()
