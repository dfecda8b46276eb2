/**
 * `npm run migrate`: applies to each local database what it lacks; `npm start` does so by itself. With `--remote`, to
 * the deployed ones: Wrangler asks first, and takes further arguments.
 */
import { databaseBindings } from "./lib/databases.ts";
import { command } from "./lib/fail.ts";
import { stateFolder } from "./lib/paths.ts";
import { say } from "./lib/say.ts";
import { lockState } from "./lib/state-lock.ts";
import { migrate, wranglerInFront } from "./lib/wrangler.ts";

await command(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--remote")) {
    for (const binding of databaseBindings()) {
      process.exitCode = await wranglerInFront(["d1", "migrations", "apply", binding, ...args]);
      if (process.exitCode !== 0) return;
    }
    return;
  }
  const state = stateFolder();
  lockState(state);
  await migrate(state);
  say(`Up to date in ${state}: ${databaseBindings().join(", ")}.`);
});
