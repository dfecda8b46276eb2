/**
 * The whole server for tests from outside: the built Worker and widget under Wrangler, with a database, a port and
 * secrets of its own. The widget must be built, which `npm test` does first.
 */
import { appendFileSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adminClient } from "../../scripts/lib/admin-client.ts";
import { serve } from "../../scripts/lib/edge.ts";
import { freePort } from "../../scripts/lib/port.ts";
import { openSecrets, secretsFile } from "../../scripts/lib/secrets.ts";
import { migrate } from "../../scripts/lib/wrangler.ts";

export { type AdminClient, adminClient, newFormId, type Organization } from "../../scripts/lib/admin-client.ts";

export interface Server {
  url: string;
  port: number;
  rootToken: string;
  hmacKeys: string;
  /** The folder that holds the database. */
  state: string;
  admin: ReturnType<typeof adminClient>;
  /** Ends the server in order, and removes the folder. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. The folder stays, for `restart`. */
  kill(): Promise<void>;
  /** Serves the same folder on the same port again, after `kill` or instead of what runs. */
  restart(): Promise<void>;
}

/**
 * Resolves when the server answers.
 * @param vars bindings for the Worker beside its secrets.
 * @param entry another Worker's module than the deployment's.
 */
export async function startServer({
  vars = {},
  entry,
}: {
  vars?: Record<string, string>;
  entry?: string;
} = {}): Promise<Server> {
  const state = realpathSync(mkdtempSync(join(tmpdir(), "foyer-test-")));
  const { rootToken, hmacKeys } = openSecrets(state);
  const envFile = secretsFile(state);
  for (const [name, value] of Object.entries(vars)) appendFileSync(envFile, `${name}=${JSON.stringify(value)}\n`);
  await migrate(state);
  const port = await freePort();
  const open = async () => {
    const edge = serve({ port, state, envFile, ...(entry === undefined ? {} : { entry }) });
    await edge.ready().catch(async (error) => {
      await edge.kill();
      throw error;
    });
    return edge;
  };
  let edge = await open();
  return {
    url: edge.url,
    port,
    rootToken,
    hmacKeys,
    state,
    admin: adminClient(edge.url, rootToken),
    stop: async () => {
      await edge.stop();
      rmSync(state, { recursive: true, force: true });
    },
    kill: () => edge.kill(),
    restart: async () => {
      await edge.stop();
      edge = await open();
    },
  };
}
