/**
 * A database as one SQL file, and back, by the platform's own export and import; so the file is one that Wrangler takes
 * without Foyer, too. The export alone is not exact: it writes a line feed as the two characters `\n`, and so makes line
 * feeds of such characters that stand in the same text. Those texts are written again at the file's end.
 */
import {
  appendFileSync,
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { numberOf, type Where, WRANGLER_CONFIG } from "./databases.ts";
import { CommandError } from "./fail.ts";
import { wrangler } from "./wrangler.ts";

/**
 * Writes the whole database into a new file that its owner alone may read: tables, rows, indexes, triggers.
 * @throws CommandError where the file exists, or with what Wrangler printed.
 */
export async function backup(where: Where, file: string): Promise<void> {
  const path = resolve(file);
  if (existsSync(path)) throw new CommandError(`${path} exists. Backups are never overwritten.`);
  const folder = mkdtempSync(join(tmpdir(), "foyer-backup-"));
  try {
    const draft = join(folder, "backup.sql");
    await d1(where, "export", [...exportFrom(where, folder), "--output", draft, "--skip-confirmation"]);
    appendFileSync(draft, (await mended(where)) + signature(numberOf(where.binding)));
    copyFileSync(draft, path);
    chmodSync(path, 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A backup's last line. Ids carry the number of their database: in another they would be nobody's. */
const signature = (number: number): string => `-- Foyer, database number ${number}\n`;

/** @returns the number in a backup's last line; undefined where it has none, as an export by Wrangler itself. */
function signed(path: string): number | undefined {
  const file = openSync(path, "r");
  try {
    const end = Buffer.alloc(signature(9_999).length);
    const from = Math.max(0, fstatSync(file).size - end.length);
    const length = readSync(file, end, 0, end.length, from);
    const [, number] = /-- Foyer, database number (\d+)\n$/.exec(end.toString("utf8", 0, length)) ?? [];
    return number === undefined ? undefined : Number(number);
  } finally {
    closeSync(file);
  }
}

/** The export knows no state folder: it looks beside its configuration. */
function exportFrom(where: Where, folder: string): string[] {
  if (where.state === null) return ["--remote"];
  const config = join(folder, "wrangler.toml");
  copyFileSync(where.config ?? WRANGLER_CONFIG, config);
  mkdirSync(join(folder, ".wrangler"));
  symlinkSync(resolve(where.state), join(folder, ".wrangler", "state"));
  return ["--local", "--config", config];
}

const COLUMNS = `SELECT tables.name AS "table", columns.name AS "column", columns.pk FROM sqlite_schema AS tables
  JOIN pragma_table_info(tables.name) AS columns
  WHERE tables.type = 'table' AND tables.name NOT GLOB '_cf_*' AND tables.name NOT GLOB 'sqlite_*'
    AND (columns.type = 'TEXT' OR columns.pk > 0)`;

/** Statements that write again what the export cannot. */
async function mended(where: Where): Promise<string> {
  const [columns = []] = await ask<{ table: string; column: string; pk: number }>(where, COLUMNS);
  const questions = columns.map(({ table, column }) => {
    const keys = columns.filter((one) => one.table === table && one.pk > 0).map((one) => one.column);
    const same = (keys.length > 0 ? keys : ["rowid"]).map((key) => `'"${key}" = ' || quote("${key}")`);
    return `SELECT 'UPDATE "${table}" SET "${column}" = CAST(X''' || hex("${column}") || ''' AS TEXT) WHERE ' ||
      ${same.join(" || ' AND ' || ")} || ';' AS statement FROM "${table}"
      WHERE typeof("${column}") = 'text' AND (instr("${column}", char(10)) AND instr("${column}", '\\n')
        OR instr("${column}", char(13)) AND instr("${column}", '\\r'))`;
  });
  const found = questions.length === 0 ? [] : await ask<{ statement: string }>(where, questions.join(";\n"));
  return found
    .flat()
    .map(({ statement }) => `${statement}\n`)
    .join("");
}

const ANY_TABLE = `SELECT count(*) AS count FROM sqlite_schema
  WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'`;

/**
 * Brings a backup into a database in which nothing is, not even a migration.
 * @throws CommandError where there is something, or where the backup is another database's; or with what Wrangler printed:
 *   then begin again with an empty one.
 */
export async function restore(where: Where, file: string): Promise<void> {
  const path = resolve(file);
  if (!existsSync(path)) throw new CommandError(`There is no ${path}.`);
  const [of, wanted] = [signed(path), numberOf(where.binding)];
  if (of !== undefined && of !== wanted) {
    throw new CommandError(`${path} is of database number ${of}, and this is number ${wanted}: say --database ${of}.`);
  }
  const [[tables] = []] = await ask<{ count: number }>(where, ANY_TABLE);
  if (tables?.count !== 0) throw new CommandError("The database is not empty. Restore into a new one.");
  await d1(where, "execute", [...placeOf(where), "--file", path, "--yes"]);
}

const placeOf = ({ state, config = WRANGLER_CONFIG }: Where): string[] =>
  state === null ? ["--remote"] : ["--local", "--persist-to", resolve(state), "--config", config];

/** What each of the statements finds. */
async function ask<T>(where: Where, sql: string): Promise<T[][]> {
  const printed = await d1(where, "execute", [...placeOf(where), "--json", "--yes", "--command", sql]);
  return (JSON.parse(printed) as { results: T[] }[]).map(({ results }) => results);
}

async function d1({ state, binding = "DB" }: Where, verb: "export" | "execute", args: string[]): Promise<string> {
  const child = wrangler(["d1", verb, binding, ...args], state ?? tmpdir());
  const ended = new Promise<number | null>((done) => child.once("close", done));
  const [said, wrong, code] = await Promise.all([
    child.stdout ? text(child.stdout) : "",
    child.stderr ? text(child.stderr) : "",
    ended,
  ]);
  if (code !== 0) throw new CommandError(`Wrangler could not do it.\n${wrong || said}`);
  return said;
}
