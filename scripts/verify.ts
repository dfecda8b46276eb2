/** `npm run verify`: everything that must hold before a change is done, stopping at the first that does not. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { CommandError, command } from "./lib/fail.ts";
import { ROOT } from "./lib/paths.ts";
import { say } from "./lib/say.ts";

const bin = (name: string) => join(ROOT, "node_modules", ".bin", name);
const script = (name: string) => [
  process.execPath,
  "--disable-warning=ExperimentalWarning",
  join(import.meta.dirname, name),
];

const STEPS: [string, string[]][] = [
  ["format", [bin("biome"), "format", "."]],
  ["lint", [bin("biome"), "check", "--error-on-warnings", "."]],
  // From scratch: what an earlier run remembers can hide a mistake in a global declaration.
  ["types", [bin("tsc"), "-b", "--force"]],
  ["build", script("build.ts")],
  ["size", script("size.ts")],
  ["tests", script("test.ts")],
];

await command(async () => {
  for (const [name, [file = "", ...args]] of STEPS) {
    say(`\n== ${name}`);
    const start = performance.now();
    const { status } = spawnSync(file, args, { cwd: ROOT, stdio: "inherit" });
    if (status !== 0) throw new CommandError(`verify: ${name} failed.`);
    say(`${name} holds (${((performance.now() - start) / 1_000).toFixed(1)} s)`);
  }
});
