/**
 * `npm run backup -- FILE`: the local database as a file of SQL, while the server runs or not. With `--remote`, the
 * deployed one, which takes no requests as long as it lasts.
 */
import { backup } from "./lib/backup.ts";
import { CommandError, command } from "./lib/fail.ts";
import { stateFolder } from "./lib/paths.ts";
import { say } from "./lib/say.ts";

await command(async () => {
  const [file, ...rest] = process.argv.slice(2).filter((arg) => arg !== "--remote");
  if (file === undefined || rest.length > 0) throw new CommandError("Say where: npm run backup -- FILE [--remote]");
  await backup(process.argv.includes("--remote") ? "remote" : { state: stateFolder() }, file);
  say(`The database is in ${file}.`);
});
