/** Where things are. */
import { join, resolve } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..");
/** Made by commands, never committed: state of the local server, and notes on the servers that run. */
export const DEFAULT_STATE = join(ROOT, ".foyer");
export const LOOPBACK = "127.0.0.1";
export const DEFAULT_PORT = 8787;

/** The folder with the local server's secrets and database: `FOYER_STATE`, else `.foyer`. */
export function stateFolder(): string {
  return resolve(ROOT, process.env.FOYER_STATE || DEFAULT_STATE);
}
