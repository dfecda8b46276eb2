/** What a command has to say, on stdout: its result, which others may read. What goes wrong is on stderr; see fail.ts. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
