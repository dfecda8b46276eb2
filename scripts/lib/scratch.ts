/** Where tests throw things away: in memory, where there is room, since thousands of small databases wait for a disk. */
import { mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Linux keeps the files of this folder in memory; containers often give it 64 MB, which is too little. */
const MEMORY = "/dev/shm";
const ROOM_BYTES = 2 * 1024 ** 3;
const PREFIX = "foyer-test-";

/**
 * From here on this process, and those that it starts, make their temporary files in memory; they are gone when it ends.
 * Who has named another folder for them, by TMPDIR, keeps it.
 */
export function scratchInMemory(): void {
  if (tmpdir() !== "/tmp") return;
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < ROOM_BYTES) return;
    for (const name of readdirSync(MEMORY)) if (isLeft(name)) discard(join(MEMORY, name));
    const folder = mkdtempSync(join(MEMORY, `${PREFIX}${process.pid}-`));
    process.env.TMPDIR = folder;
    process.once("exit", () => discard(folder));
  } catch {
    // No such place here: the system's own will do.
  }
}

/** Of a process that was killed. */
function isLeft(name: string): boolean {
  if (!name.startsWith(PREFIX)) return false;
  try {
    process.kill(Number.parseInt(name.slice(PREFIX.length), 10), 0);
    return false;
  } catch {
    return true;
  }
}

function discard(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // A process that is about to end still writes there: the next run clears it.
  }
}
