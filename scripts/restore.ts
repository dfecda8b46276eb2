/**
 * `npm run restore -- FILE`: brings a backup into an empty local database, as a new FOYER_STATE has one. With `--remote`,
 * into the empty database that wrangler.toml names.
 */
import { restore } from "./lib/backup.ts";
import { CommandError, command } from "./lib/fail.ts";
import { stateFolder } from "./lib/paths.ts";
import { say } from "./lib/say.ts";
import { lockState } from "./lib/state-lock.ts";

await command(async () => {
  const [file, ...rest] = process.argv.slice(2).filter((arg) => arg !== "--remote");
  if (file === undefined || rest.length > 0) throw new CommandError("Say what: npm run restore -- FILE [--remote]");
  const state = stateFolder();
  const isRemote = process.argv.includes("--remote");
  if (!isRemote) lockState(state);
  await restore(isRemote ? "remote" : { state }, file);
  say("The database is restored. It also needs the secrets of the deployment that it comes from.");
});
