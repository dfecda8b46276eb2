/**
 * `npm run migrate`: applies to the local database what it lacks; `npm start` does so by itself. With `--remote`, to
 * the deployed one: Wrangler asks first, and takes further arguments.
 */
import { command } from "./lib/fail.ts";
import { stateFolder } from "./lib/paths.ts";
import { say } from "./lib/say.ts";
import { lockState } from "./lib/state-lock.ts";
import { migrate, wranglerInFront } from "./lib/wrangler.ts";

await command(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--remote")) {
    process.exitCode = await wranglerInFront(["d1", "migrations", "apply", "DB", ...args]);
    return;
  }
  const state = stateFolder();
  lockState(state);
  await migrate(state);
  say(`The database in ${state} is up to date.`);
});
