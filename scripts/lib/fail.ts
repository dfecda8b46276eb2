/** How a command ends when it cannot go on. */

/** Something the person at the terminal can mend: shown as one line, without a stack. */
export class CommandError extends Error {}

/** Runs a command's body; on failure says why on stderr and exits with 1. */
export async function command(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : error);
    process.exit(1);
  }
}
