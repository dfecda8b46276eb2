/** What runtimes use of the processors: the measure that other programs on the machine disturb least. */
import { readdirSync, readFileSync } from "node:fs";

const NS_PER_MS = 1e6;

/** Of all processes that this one has started, up to now, in milliseconds; null where the system does not tell. */
export function processorTime(): number | null {
  try {
    const own = `/proc/${process.pid}/task/${process.pid}/children`;
    const children = readFileSync(own, "utf8").split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + timeOf(child), 0);
  } catch {
    return null;
  }
}

function timeOf(pid: string): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const spent = (thread: string) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
  return threads.reduce((sum, thread) => sum + spent(thread), 0) / NS_PER_MS;
}
