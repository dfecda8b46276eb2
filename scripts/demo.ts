/**
 * `npm run demo`: fresh organizations, users, credentials and forms on a running server, to try its APIs with.
 * With `--json` exactly one JSON object on stdout; otherwise the same to read.
 */
import { parseArgs } from "node:util";
import { AdminError, adminClient } from "./lib/admin-client.ts";
import { type DemoOrganization, makeDemoOrganizations } from "./lib/demo-organizations.ts";
import { CommandError, command } from "./lib/fail.ts";
import { DEFAULT_PORT, LOOPBACK, stateFolder } from "./lib/paths.ts";
import { stateOfServer } from "./lib/running.ts";
import { say } from "./lib/say.ts";
import { readSecrets } from "./lib/secrets.ts";

const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

await command(async () => {
  const { values } = readArguments();
  const url = readUrl(values.url);
  const rootToken = findRootToken(url, values["allow-remote"]);
  const organizations = await makeDemoOrganizations(adminClient(url.origin, rootToken)).catch((error) => {
    throw error instanceof AdminError ? new CommandError(explain(error, url)) : error;
  });
  const demo = { base_url: url.origin, organizations };
  say(values.json ? JSON.stringify(demo) : summary(demo.base_url, organizations));
});

function readArguments() {
  try {
    return parseArgs({
      options: {
        json: { type: "boolean", default: false },
        url: { type: "string", default: `http://${LOOPBACK}:${process.env.PORT || DEFAULT_PORT}` },
        "allow-remote": { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message} Usage: npm run demo -- [--json] [--url URL] [--allow-remote]`);
  }
}

function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new CommandError(`--url must be an address like http://${LOOPBACK}:${DEFAULT_PORT}, not "${text}".`);
}

/** A server elsewhere may be somebody's real one: it takes a flag and a token given by hand to make a mess there. */
function findRootToken(url: URL, isRemoteAllowed: boolean): string {
  const given = process.env.FOYER_ROOT_TOKEN;
  if (!LOOPBACK_HOST.test(url.hostname)) {
    if (!isRemoteAllowed)
      throw new CommandError(`${url.origin} is not this machine. Add --allow-remote if you mean it.`);
    if (!given) throw new CommandError(`For ${url.origin}, give its root token in FOYER_ROOT_TOKEN.`);
  }
  if (given) return given;
  const state = stateOfServer(Number(url.port)) ?? stateFolder();
  try {
    return readSecrets(state).rootToken;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `There is no root token in ${state}. Start a server with npm start, or set FOYER_ROOT_TOKEN.`,
    );
  }
}

function explain(error: AdminError, url: URL): string {
  if (error.status === 0) return `${url.origin} does not answer. Start it with npm start.`;
  if (error.status === 401) return `${url.origin} does not know the root token. Set FOYER_ROOT_TOKEN or FOYER_STATE.`;
  return error.message.replace(/\s+/g, " ");
}

function summary(baseUrl: string, organizations: DemoOrganization[]): string {
  const blocks = organizations.map(({ key, id, account_id, subscription, api_key, client, users, forms }) =>
    [
      `${key}  ${id}  (account ${account_id}, subscription ${subscription})`,
      `  api key  ${api_key}`,
      `  client   ${client.client_id}  secret ${client.client_secret}  redirect URI ${client.redirect_uri}`,
      `  code     ${client.code}`,
      ...users.map(
        (user) => `  ${user.role.padEnd(7)}  ${user.username}  password ${user.password}  token ${user.token}`,
      ),
      ...forms.map((form) => `  ${form.mode.padEnd(7)}  ${form.id}${form.is_processable ? "  processable" : ""}`),
    ].join("\n"),
  );
  return [`Made on ${baseUrl}; secrets are shown this once:`, ...blocks].join("\n\n");
}
