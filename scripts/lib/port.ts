/** Ports of this machine's loopback. */
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { LOOPBACK } from "./paths.ts";

const POLL_MS = 20;

/** @returns whether a server could listen there now. Port 0 is always free. */
export function isFree(port: number): Promise<boolean> {
  return listen(port).then(
    () => true,
    () => false,
  );
}

/** @returns a port that was free a moment ago. */
export const freePort = (): Promise<number> => listen(0);

/** Waits until nobody listens on the port. @returns false where somebody still does after `timeoutMs`. */
export async function becomesFree(port: number, timeoutMs: number): Promise<boolean> {
  const end = Date.now() + timeoutMs;
  while (!(await isFree(port))) {
    if (Date.now() > end) return false;
    await delay(POLL_MS);
  }
  return true;
}

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
