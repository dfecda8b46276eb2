/** `npm start` and `npm run demo` as people meet them. Each server has a state folder and a port of its own. */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_STATE } from "../../../scripts/lib/paths.ts";
import { freePort, isFree } from "../../../scripts/lib/port.ts";
import { openSecrets, readSecrets } from "../../../scripts/lib/secrets.ts";
import { type Command, familyOf, living, npmRun } from "../../support/command.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let state: string;
let port: number;
let running: Command[];

beforeEach(async () => {
  state = realpathSync(mkdtempSync(join(tmpdir(), "foyer-start-")));
  port = await freePort();
  running = [];
});

afterEach(async () => {
  for (const { process: child, pid, ended } of running) {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, "SIGTERM");
    await ended;
  }
  rmSync(state, { recursive: true, force: true });
});

function start(): Command {
  const command = npmRun(["start"], { PORT: String(port), FOYER_STATE: state });
  running.push(command);
  return command;
}

const modeOf = (name: string) => statSync(join(state, name)).mode & 0o777;
const fileOf = (name: string) => readFileSync(join(state, name), "utf8");

describe("npm start", () => {
  it("serves what it says, keeps secrets to its owner, and on TERM to npm leaves nothing behind", async () => {
    const server = start();
    await server.says("Ctrl-C");
    const said = server.stdout();
    expect(said).toContain(`http://127.0.0.1:${port}/demo`);
    expect((await fetch(`http://127.0.0.1:${port}/demo`)).status).toBe(200);

    const leads = said.match(/http:\S+\/leads/)?.[0] ?? "";
    const headers = { Authorization: `Token ${fileOf("demo-token").trim()}` };
    expect((await fetch(leads, { headers })).status).toBe(200);
    expect([modeOf("secrets.env"), modeOf("demo-token")]).toEqual([0o600, 0o600]);

    const family = familyOf(server.pid);
    expect(family.length).toBeGreaterThan(3);
    process.kill(server.pid, "SIGTERM");
    await server.ended;
    expect(await isFree(port)).toBe(true);
    expect(living(family)).toEqual([]);
    expect(existsSync(join(DEFAULT_STATE, "servers", `${port}.json`))).toBe(false);
  });

  it("finds its secrets and its demo again, also after a kill, and ends on Ctrl-C", async () => {
    const first = start();
    await first.says("Ctrl-C");
    const family = familyOf(first.pid);
    const [secrets, token] = [fileOf("secrets.env"), fileOf("demo-token")];
    process.kill(-first.pid, "SIGKILL");
    await first.ended;
    await expect.poll(() => living(family), { timeout: 10_000 }).toEqual([]);

    const second = start();
    await second.says("Ctrl-C");
    expect([fileOf("secrets.env"), fileOf("demo-token")]).toEqual([secrets, token]);
    process.kill(-second.pid, "SIGINT");
    expect((await second.ended).code).toBe(0);
    expect(await isFree(port)).toBe(true);
  });

  it("says in one line that the port is in use, before it touches anything", async () => {
    const other = createServer().listen(port, "127.0.0.1");
    const refused = start();
    expect((await refused.ended).code).toBe(1);
    other.close();
    expect(refused.stderr().trim()).toMatch(new RegExp(`^Port ${port} is in use.*$`));
    expect(existsSync(join(state, "secrets.env"))).toBe(false);
  });

  it("refuses a state folder that another server uses", async () => {
    const server = start();
    await server.says("Ctrl-C");
    port = await freePort();
    const refused = start();
    expect((await refused.ended).code).toBe(1);
    expect(refused.stderr().trim()).toMatch(/^.* is in use by another server.*$/);
  });
});

describe("npm run demo", () => {
  it("prints one JSON object, with fresh credentials each time that the server takes", async () => {
    const server = start();
    await server.says("Ctrl-C");
    const url = `http://127.0.0.1:${port}`;
    // Without FOYER_STATE: the root token is found by the server's port.
    const runs = [0, 1].map(() => npmRun(["demo", "--", "--json", "--url", url]));
    running.push(...runs);
    for (const run of runs) expect([(await run.ended).code, run.stderr()]).toEqual([0, ""]);
    const [one, two] = runs.map((run) => JSON.parse(run.stdout()));

    expect(one.base_url).toBe(url);
    expect(one.organizations).toMatchObject([
      { key: "acme", subscription: "active" },
      { key: "globex", subscription: "active" },
      { key: "lapsed", subscription: "lapsed" },
    ]);
    for (const organization of one.organizations) expectOrganization(organization);
    expect(new Set([one, two].flatMap((demo) => demo.organizations.map(({ id }: { id: string }) => id))).size).toBe(6);

    const [acme, globex, lapsed] = one.organizations;
    const list = async (whose: typeof acme, token: string) =>
      (await fetch(`${url}/api/v5/orgs/${whose.id}/leads`, { headers: { Authorization: `Token ${token}` } })).status;
    expect(await list(acme, acme.users[0].token)).toBe(200);
    expect(await list(globex, acme.users[0].token)).toBe(403);
    expect(await list(lapsed, lapsed.users[0].token)).toBe(403);
  });

  it("refuses a server that is not on this machine unless told twice", async () => {
    const once = npmRun(["demo", "--", "--url", "https://foyer.example"], { FOYER_ROOT_TOKEN: "given" });
    const flagOnly = npmRun(["demo", "--", "--allow-remote", "--url", "https://foyer.example"]);
    running.push(once, flagOnly);
    expect([(await once.ended).code, (await flagOnly.ended).code]).toEqual([1, 1]);
    expect(once.stderr().trim()).toMatch(/^https:\/\/foyer\.example is not this machine\..*--allow-remote.*$/);
    expect(flagOnly.stderr().trim()).toMatch(/^.*FOYER_ROOT_TOKEN.*$/);
    expect([once.stdout(), flagOnly.stdout()]).toEqual(["", ""]);
  });

  it("says in one line that nobody answers", async () => {
    openSecrets(state);
    const run = npmRun(["demo", "--", "--json", "--url", `http://127.0.0.1:${port}`], { FOYER_STATE: state });
    running.push(run);
    expect((await run.ended).code).toBe(1);
    expect(run.stderr().trim()).toMatch(/^http:\/\/127\.0\.0\.1:\d+ does not answer\..*$/);
    expect(readSecrets(state).rootToken.length).toBeGreaterThanOrEqual(43);
  });
});

function expectOrganization(organization: Record<string, unknown>): void {
  const text = expect.stringMatching(/./);
  const user = (role: string) => ({
    id: expect.stringMatching(UUID),
    user_id: expect.any(Number),
    username: text,
    password: text,
    role,
    token: text,
  });
  const form = (mode: string, is_processable: boolean) => ({
    id: expect.stringMatching(UUID),
    mode,
    is_processable,
    duplicate_policy: "identical",
  });
  expect(organization).toEqual({
    key: text,
    id: expect.stringMatching(UUID),
    account_id: expect.any(Number),
    name: text,
    subscription: text,
    api_key: text,
    client: { client_id: expect.stringMatching(UUID), client_secret: text, redirect_uri: text, code: text },
    users: [user("admin"), user("agent"), user("agent")],
    forms: [form("form", false), form("form", true), form("chat", false)],
  });
}
