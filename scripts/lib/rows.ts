/** Tables as the commands print them. */
import type { Table } from "../../test/load/report.ts";
import { say } from "./say.ts";

/** The first column is words, the others are figures. */
export function printRows(rows: string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, i) => (i ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)));
    say(cells.join("  ").trimEnd());
  }
}

/** With its title above and its notes below. */
export function printTable({ title, notes = [], rows }: Table): void {
  const columns = Object.keys(rows[0] ?? {});
  say(`\n${title}`);
  printRows([columns, ...rows.map((row) => columns.map((column) => shown(row[column])))]);
  for (const note of notes) say(note);
}

function shown(cell: Table["rows"][0][string]): string {
  return typeof cell === "number" ? cell.toLocaleString("en", { maximumSignificantDigits: 12 }) : (cell ?? "");
}
