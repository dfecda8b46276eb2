/** What worker/store/SCHEMA.md says, read as data. */
import text from "../../worker/store/SCHEMA.md?raw";
import type { Usage } from "./meter.ts";

const cells = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
const code = (cell: string): string => /^`([^`]+)`$/.exec(cell)?.[1] ?? "";

/** The rows of the tables below a heading, until the next heading of its kind or above. */
function section(heading: string): string[][] {
  const depth = heading.indexOf(" ");
  const lines = text.split("\n");
  const start = lines.indexOf(heading);
  if (start < 0) throw new Error(`SCHEMA.md has no ${heading}`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^#+ /.test(line) && line.indexOf(" ") <= depth);
  return (end < 0 ? rest : rest.slice(0, end)).filter((line) => line.startsWith("| `")).map(cells);
}

/** Tables by name, each with `purged` or `kept` by column. */
export function declaredColumns(): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [, table = ""] of text.matchAll(/^### `(\w+)`$/gm)) {
    const columns = section(`### \`${table}\``).flatMap(([names = "", fate = ""]) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => [name, fate] as const),
    );
    found.set(table, new Map(columns));
  }
  return found;
}

/** Indexes by name, each with the queries that it serves, by their names in the code. */
export function declaredIndexes(): Map<string, string[]> {
  return new Map(
    section("## Indexes").map(([index = "", serves = ""]) => [
      code(index),
      [...serves.matchAll(/`([^`]+)`/g)].map(([, query = ""]) => query),
    ]),
  );
}

export const declaredTriggers = (): string[] => section("## Triggers").map(([trigger = ""]) => code(trigger));

/** What each operation costs, by its name. */
export function declaredCosts(): Record<string, Usage> {
  return Object.fromEntries(
    section("## Costs").map(([name = "", ...figures]) => {
      const [roundTrips = 0, statements = 0, rowsRead = 0, rowsWritten = 0] = figures.map(Number);
      return [code(name), { roundTrips, statements, rowsRead, rowsWritten }];
    }),
  );
}
