/** Tables as the commands print them. */
import { say } from "./say.ts";

/** The first column is words, the others are figures. */
export function printRows(rows: string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, i) => (i ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)));
    say(cells.join("  ").trimEnd());
  }
}
