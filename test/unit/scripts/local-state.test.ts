/** What the commands keep on this machine, and the few calls that they build on. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AdminError, adminClient, newFormId, unlessThere } from "../../../scripts/lib/admin-client.ts";
import { DEFAULT_STATE } from "../../../scripts/lib/paths.ts";
import { becomesFree, freePort, isFree } from "../../../scripts/lib/port.ts";
import { forgetServer, noteServer, stateOfServer } from "../../../scripts/lib/running.ts";
import { openSecrets, readSecrets, secretsFile } from "../../../scripts/lib/secrets.ts";

let state: string;

beforeEach(() => {
  state = realpathSync(mkdtempSync(join(tmpdir(), "foyer-state-")));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

it("secrets are made once, for their owner only, and long enough", () => {
  const made = openSecrets(join(state, "new"));
  expect(openSecrets(join(state, "new"))).toEqual(made);
  expect(statSync(secretsFile(join(state, "new"))).mode & 0o777).toBe(0o600);
  expect(Buffer.from(made.rootToken, "base64url")).toHaveLength(32);
  expect(made.hmacKeys).toMatch(/^k1:[\w-]{43}$/);
});

it("a secrets file of an earlier version is given what it could not know of, and keeps the rest", () => {
  const made = openSecrets(state);
  const path = secretsFile(state);
  const now = readFileSync(path, "utf8");
  expect(now).toMatch(/^FOYER_JWT_KEYS=j1:[\w-]{43}$/m);
  const earlier = now.replace(/^FOYER_JWT_KEYS.*\n/m, "");
  writeFileSync(path, earlier);
  expect(openSecrets(state)).toEqual(made);
  const later = readFileSync(path, "utf8");
  expect(later).toMatch(/^FOYER_JWT_KEYS=j1:[\w-]{43}$/m);
  expect(later.startsWith(earlier)).toBe(true);
  expect(openSecrets(state)).toEqual(made);
  expect(readFileSync(path, "utf8")).toBe(later);
});

it("a state folder of before there were chats is given a form for one", () => {
  const { demo } = openSecrets(state);
  const path = secretsFile(state);
  writeFileSync(path, readFileSync(path, "utf8").replace(`,${demo.chatForm}`, ""));
  const later = openSecrets(state);
  expect(later.demo.chatForm).toMatch(/^[0-9a-f-]{36}$/);
  expect(later.demo).toEqual({ ...demo, chatForm: later.demo.chatForm });
  expect(openSecrets(state)).toEqual(later);
});

it("a secrets file that lacks something is named, and what it lacks", () => {
  writeFileSync(secretsFile(state), "FOYER_ROOT_TOKEN=short\n");
  expect(() => readSecrets(state)).toThrow(/secrets\.env has no FOYER_DEMO_FORMS/);
});

it("a form's id is a version 8 UUID that names database 0", () => {
  expect(newFormId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{8}0000$/);
  expect(newFormId()).not.toBe(newFormId());
});

it("a running server is found by its port until it is forgotten, and a dead one is not", async () => {
  const port = await freePort();
  noteServer(port, state);
  expect(stateOfServer(port)).toBe(state);
  const note = join(DEFAULT_STATE, "servers", `${port}.json`);
  // Larger than any process id.
  writeFileSync(note, readFileSync(note, "utf8").replace(`${process.pid}`, "99999999"));
  expect(stateOfServer(port)).toBeUndefined();
  forgetServer(port);
  expect(stateOfServer(port)).toBeUndefined();
});

it("a port is free when nobody listens, and waiting for one ends", async () => {
  const port = await freePort();
  expect(await isFree(port)).toBe(true);
  const server = createServer().listen(port, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  expect(await isFree(port)).toBe(false);
  expect(await becomesFree(port, 50)).toBe(false);
  const free = becomesFree(port, 5_000);
  server.close();
  expect(await free).toBe(true);
});

it("what is there already is no failure of an idempotent create; everything else is", async () => {
  expect(await unlessThere(Promise.resolve("made"))).toBe("made");
  expect(await unlessThere(Promise.reject(new AdminError(409, "conflict")))).toBeUndefined();
  await expect(unlessThere(Promise.reject(new AdminError(422, "invalid")))).rejects.toThrow("invalid");
});

it("a server that does not answer is an admin error with status 0", async () => {
  const admin = adminClient(`http://127.0.0.1:${await freePort()}`, "token");
  await expect(admin.createOrganization({ name: "Acme" })).rejects.toMatchObject({ status: 0 });
});
