/**
 * `npm start`: the edge on this machine with a demo organization, ready to try. PORT and FOYER_STATE say where.
 * Ends on TERM, HUP, Ctrl-C, or when the process that started it is gone; nothing stays behind.
 */
import { existsSync } from "node:fs";
import { relative } from "node:path";
import { needWidget } from "./lib/built-widget.ts";
import { type Edge, serve } from "./lib/edge.ts";
import { CommandError, command } from "./lib/fail.ts";
import { DEFAULT_PORT, ROOT, stateFolder } from "./lib/paths.ts";
import { isFree } from "./lib/port.ts";
import { forgetServer, noteServer } from "./lib/running.ts";
import { say } from "./lib/say.ts";
import { openSecrets, secretsFile } from "./lib/secrets.ts";
import { DEMO_USER, inboxUrl, leadsUrl, passwordFile, seedDemo, tokenFile } from "./lib/seed.ts";
import { lockState } from "./lib/state-lock.ts";
import { migrate } from "./lib/wrangler.ts";

const stopping = new AbortController();
let edge: Edge | undefined;

await command(async () => {
  const port = readPort();
  // First of all, so that the answer comes at once and nothing has been touched.
  if (!(await isFree(port))) {
    throw new CommandError(
      `Port ${port} is in use. Stop what listens there, or choose another: PORT=<number> npm start`,
    );
  }
  const state = stateFolder();
  lockState(state);
  stopOnSignals(port);
  try {
    await start(port, state);
    const code = await edge?.exited;
    throw new CommandError(`The server ended by itself, with code ${code}.`);
  } catch (error) {
    // Whoever stops the server sees to the rest and ends the process.
    if (stopping.signal.aborted) await new Promise(() => {});
    await edge?.stop();
    forgetServer(port);
    throw error;
  }
});

async function start(port: number, state: string): Promise<void> {
  if (!existsSync(secretsFile(state))) say("First start: making secrets and a database ...");
  const secrets = openSecrets(state);
  await Promise.all([needWidget(), migrate(state, stopping.signal)]);
  stopping.signal.throwIfAborted();
  edge = serve({ port, state, envFile: secretsFile(state), log: readLog() });
  await edge.ready();
  edge.onOutput((text) => void process.stderr.write(text));
  noteServer(port, state);
  await seedDemo(edge.url, state, secrets);
  say(invitation(edge.url, port, state, secrets.demo.organization));
}

function readPort(): number {
  const port = Number(process.env.PORT || DEFAULT_PORT);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new CommandError(`PORT must be a number from 1 to 65535, not "${process.env.PORT}".`);
}

function readLog(): "all" | "errors" {
  const log = process.env.FOYER_LOG || "errors";
  if (log === "all" || log === "errors") return log;
  throw new CommandError(`FOYER_LOG must be all or errors, not "${log}".`);
}

function stopOnSignals(port: number): void {
  const stop = async () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await edge?.stop();
    forgetServer(port);
    process.exit(0);
  };
  for (const event of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(event, stop);
}

function invitation(url: string, port: number, state: string, organization: string): string {
  const near = (file: string) => {
    const path = relative(ROOT, file);
    return path.startsWith("..") ? file : path;
  };
  const there = port === DEFAULT_PORT ? "" : ` --url ${url}`;
  return `
Foyer is ready. Ctrl-C ends it.

  Demo page    ${url}/demo
  A chat       ${url}/demo/chat
  Its leads    curl -H "Authorization: Token $(cat ${near(tokenFile(state))})" ${leadsUrl(url, organization)}
  Inbox        ${inboxUrl(url, organization)}
               user ${DEMO_USER}, password: cat ${near(passwordFile(state))}
  Fresh users  npm run --silent demo -- --json${there}
`;
}
