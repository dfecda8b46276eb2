/**
 * `npm run backup -- FILE`: a local database as a file of SQL, while the server runs or not; the first one, or with
 * `--database NUMBER` another. With `--remote`, the deployed one, which takes no requests as long as it lasts.
 */
import { backup } from "./lib/backup.ts";
import { readTarget } from "./lib/databases.ts";
import { command } from "./lib/fail.ts";
import { stateFolder } from "./lib/paths.ts";
import { say } from "./lib/say.ts";

await command(async () => {
  const usage = "Say where: npm run backup -- FILE [--database NUMBER] [--remote]";
  const { file, where } = readTarget(process.argv.slice(2), stateFolder(), usage);
  await backup(where, file);
  say(`The database is in ${file}.`);
});
