/**
 * The databases of this deployment, as wrangler.toml binds them: `DB` is number 0, and `DB_1`, `DB_2` and so on follow.
 * Whatever is done to "the database" by a command is done to each of them, or to the one that is asked for by its number.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CommandError } from "./fail.ts";
import { ROOT } from "./paths.ts";

export const WRANGLER_CONFIG = join(ROOT, "wrangler.toml");

/** The bindings, the first database's first. */
export function databaseBindings(config = WRANGLER_CONFIG): string[] {
  const found = readFileSync(config, "utf8").matchAll(/^binding = "(DB(?:_[1-9]\d*)?)"$/gm);
  return [...found].map(([, binding]) => binding as string);
}

/** The number by which ids and secrets name the database. */
export const numberOf = (binding = "DB"): number => Number(binding.split("_")[1] ?? 0);

/** Which database, and whose. */
export interface Where {
  /** The folder with the local ones; null: those that are deployed. */
  state: string | null;
  /** Of the first where not given. */
  binding?: string;
  /** Instead of wrangler.toml; for tests. */
  config?: string;
}

/**
 * What `backup` and `restore` are called with: a file, and maybe `--database NUMBER` and `--remote`.
 * @param usage is said where it is anything else.
 * @throws CommandError, also for a database that wrangler.toml does not have.
 */
export function readTarget(args: string[], state: string, usage: string): { file: string; where: Where } {
  const { positionals, values } = parsed(args, usage);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new CommandError(usage);
  const number = values.database ?? "0";
  const binding = number === "0" ? "DB" : `DB_${number}`;
  if (!databaseBindings().includes(binding)) throw new CommandError(`wrangler.toml has no database number ${number}.`);
  return { file, where: { state: values.remote ? null : state, binding } };
}

function parsed(args: string[], usage: string) {
  try {
    const options = { database: { type: "string" }, remote: { type: "boolean" } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    throw new CommandError(usage);
  }
}
