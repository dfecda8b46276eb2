/**
 * The process that is killed: the built Worker on a state folder, in a process group of its own together with workerd. Says
 * its address to whoever forked it, and does not outlive them.
 */
import { reopenFoyer } from "../load/world.ts";

process.once("disconnect", () => process.kill(-process.pid, "SIGKILL"));
const [bundle, state] = process.argv.slice(2) as [string, string];
const { url } = await reopenFoyer(JSON.parse(bundle), state);
process.send?.(url);
