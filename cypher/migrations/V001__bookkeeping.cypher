// What the store keeps about itself: migrations, batches, and who is writing.
CREATE CONSTRAINT lianpu_migration IF NOT EXISTS FOR (m:LianpuMigration) REQUIRE m.number IS UNIQUE;
CREATE CONSTRAINT lianpu_batch IF NOT EXISTS FOR (b:LianpuBatch) REQUIRE b.number IS UNIQUE;
CREATE INDEX lianpu_batch_token IF NOT EXISTS FOR (b:LianpuBatch) ON (b.token);
CREATE CONSTRAINT lianpu_writer IF NOT EXISTS FOR (w:LianpuWriter) REQUIRE w.id IS UNIQUE;
