import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { DatabaseSync } from "node:sqlite";

/** A file system in memory, where there is one: what nobody keeps need not reach a disk. */
const memory = "/dev/shm";
/** Containers often give it only 64 MB, which a long run would fill. */
const roomBytes = 1024 ** 3;

/** Where a database lies that is gone with its engine. */
export function temporaryRoot(): string {
  return hasRoom(memory) ? memory : tmpdir();
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize > roomBytes;
  } catch {
    return false;
  }
}

/**
 * Gives the engine's stream the indexes that dynoxide 1.2 leaves out. For every record that it writes it asks for the
 * highest sequence number, and for every read for those above one, and looks at all records so far for it: after 12 000
 * of them a write takes six times as long (`npm run bench -- engine` prints it). A database without that table or with
 * other columns is left as it is.
 */
export function indexStream(databaseFile: string): void {
  const database = new DatabaseSync(databaseFile, { timeout: 5_000 });
  try {
    database.exec(`
      CREATE INDEX IF NOT EXISTS vestibule_stream_numbers
        ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
      CREATE INDEX IF NOT EXISTS vestibule_stream_shards
        ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER))`);
  } catch (error) {
    if (!/no such (table|column)/u.test(String(error))) throw error;
  } finally {
    database.close();
  }
}
