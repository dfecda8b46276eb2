/**
 * `npm run restore -- FILE`: brings a backup into an empty local database, as a new FOYER_STATE has one; into the first,
 * or with `--database NUMBER` into another: the one that it was made of. With `--remote`, into the empty database that
 * wrangler.toml names.
 */
import { restore } from "./lib/backup.ts";
import { readTarget } from "./lib/databases.ts";
import { command } from "./lib/fail.ts";
import { stateFolder } from "./lib/paths.ts";
import { say } from "./lib/say.ts";
import { lockState } from "./lib/state-lock.ts";

await command(async () => {
  const usage = "Say what: npm run restore -- FILE [--database NUMBER] [--remote]";
  const { file, where } = readTarget(process.argv.slice(2), stateFolder(), usage);
  if (where.state !== null) lockState(where.state);
  await restore(where, file);
  say("The database is restored. It also needs the secrets of the deployment that it comes from.");
});
