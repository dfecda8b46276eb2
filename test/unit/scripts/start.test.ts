/** `npm start` as people meet it. */
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_STATE } from "../../../scripts/lib/paths.ts";
import { freePort, isFree } from "../../../scripts/lib/port.ts";
import { familyOf, living } from "../../support/command.ts";
import { usePlace } from "../../support/local-server.ts";

const place = usePlace();
const modeOf = (name: string) => statSync(join(place.state, name)).mode & 0o777;
const fileOf = (name: string) => readFileSync(join(place.state, name), "utf8");

/** Signs in at the inbox as the command says that one can. */
async function signIn(said: string): Promise<number> {
  const inbox = new URL(said.match(/http:\S+\/inbox\S*/)?.[0] ?? "");
  expect((await fetch(inbox)).status).toBe(200);
  const organization = inbox.searchParams.get("organization");
  const body = JSON.stringify({ organization, username: "demo", password: fileOf("demo-password").trim() });
  const headers = { "Content-Type": "application/json" };
  return (await fetch(`${inbox.origin}/inbox/session`, { method: "POST", headers, body })).status;
}

describe("npm start", () => {
  it("serves what it says, keeps secrets to its owner, and on TERM to npm leaves nothing behind", async () => {
    const server = place.start();
    await server.says("Ctrl-C");
    const said = server.stdout();
    expect(said).toContain(`http://127.0.0.1:${place.port}/demo`);
    expect((await fetch(`http://127.0.0.1:${place.port}/demo`)).status).toBe(200);

    const leads = said.match(/http:\S+\/leads/)?.[0] ?? "";
    const headers = { Authorization: `Token ${fileOf("demo-token").trim()}` };
    expect((await fetch(leads, { headers })).status).toBe(200);
    expect(["secrets.env", "demo-token", "demo-password"].map(modeOf)).toEqual([0o600, 0o600, 0o600]);
    expect(await signIn(said)).toBe(200);

    const family = familyOf(server.pid);
    expect(family.length).toBeGreaterThan(3);
    process.kill(server.pid, "SIGTERM");
    await server.ended;
    expect(await isFree(place.port)).toBe(true);
    expect(living(family)).toEqual([]);
    expect(existsSync(join(DEFAULT_STATE, "servers", `${place.port}.json`))).toBe(false);
  });

  it("finds its secrets and its demo again, also after a kill, and ends on Ctrl-C", async () => {
    const first = place.start();
    await first.says("Ctrl-C");
    const family = familyOf(first.pid);
    const files = ["secrets.env", "demo-token", "demo-password"];
    const before = files.map(fileOf);
    process.kill(-first.pid, "SIGKILL");
    await first.ended;
    await expect.poll(() => living(family), { timeout: 10_000 }).toEqual([]);

    const second = place.start();
    await second.says("Ctrl-C");
    expect(files.map(fileOf)).toEqual(before);
    const secondFamily = familyOf(second.pid);
    process.kill(-second.pid, "SIGINT");
    expect((await second.ended).code).toBe(0);
    expect(await isFree(place.port)).toBe(true);
    expect(living(secondFamily)).toEqual([]);
  });

  it("gives a demo of an earlier version, whose user has no password, one to sign in with", async () => {
    const first = place.start();
    await first.says("Ctrl-C");
    const password = fileOf("demo-password");
    process.kill(-first.pid, "SIGINT");
    await first.ended;
    rmSync(join(place.state, "demo-password"));
    const second = place.start();
    await second.says("Ctrl-C");
    expect(fileOf("demo-password")).not.toBe(password);
    expect(await signIn(second.stdout())).toBe(200);
  });

  it("prints nothing while all is well, or with FOYER_LOG=all a line for each request", async () => {
    const lines = (text: string) => text.split("\n").filter((line) => line.includes('"route"'));
    const quiet = place.start();
    await quiet.says("Ctrl-C");
    await fetch(`http://127.0.0.1:${place.port}/healthz`);
    process.kill(-quiet.pid, "SIGINT");
    await quiet.ended;
    expect(quiet.stderr()).toBe("");
    const loud = place.run(["start"], { PORT: String(place.port), FOYER_STATE: place.state, FOYER_LOG: "all" });
    await loud.says("Ctrl-C");
    const answer = await fetch(`http://127.0.0.1:${place.port}/healthz`);
    const id = answer.headers.get("x-request-id") as string;
    await expect
      .poll(() => lines(loud.stderr()).filter((line) => line.includes(id)), { timeout: 10_000 })
      .toEqual([expect.stringContaining('"route":"/healthz","status":200')]);
  });

  it("says in one line that the port is in use, before it touches anything", async () => {
    const other = createServer().listen(place.port, "127.0.0.1");
    await once(other, "listening");
    const refused = place.start();
    expect((await refused.ended).code).toBe(1);
    other.close();
    expect(refused.stderr().trim()).toMatch(new RegExp(`^Port ${place.port} is in use.*$`));
    expect(existsSync(join(place.state, "secrets.env"))).toBe(false);
  });

  it("keeps its state folder to itself, and says in one line that it is in use", async () => {
    await place.start().says("Ctrl-C");
    const other = place.start(await freePort());
    expect((await other.ended).code).toBe(1);
    expect(other.stderr().trim()).toMatch(/^.* is in use by another server.*$/);
  });
});
