/** Idempotency-Key on what makes something: a retry makes nothing twice. */
import { beforeEach, describe, expect, test } from "vitest";
import { admin, edge, START, tenant } from "../../support/edge.ts";
import { count, dump } from "../../support/rows.ts";
import { ENCODINGS, type Encoding, encoded, sendBody } from "./bodies.ts";
import { login, setUser, showing } from "./login.ts";
import { type Fields, type Scene, sceneAt } from "./makers.ts";
import { hours } from "./makers-appointments.ts";
import { type CrmLead, data, failed, post, refused, somebody, withKey } from "./v1.ts";

const CREATES: readonly { path: string; table: string; fields: (scene: Scene, other?: boolean) => Fields }[] = [
  {
    path: "/v1/leads/create/lead/",
    table: "lead",
    fields: (_, other) => ({ ...PERSON, ...(other ? { message: "Another" } : {}) }),
  },
  {
    path: "/leads/create/leadnote/",
    table: "note",
    fields: ({ lead }, other) => ({ slug: lead.slug, note: other ? "Another" : "Two doors" }),
  },
  {
    path: "/leads/create/appointment/",
    table: "appointment",
    fields: (scene, other) => ({ slug: scene.lead.slug, ...hours(scene, other ? 48 : 24) }),
  },
];
const PERSON = { first_name: "Ada", last_name: "Lovelace", email: "ada@example.org", phone: "358401234567" };
const [KEY_REUSED, TOO_LONG] = [
  "The idempotency key was used before, with other content.",
  "The idempotency key is too long.",
];

let scene: Scene;
beforeEach(async () => {
  const at = edge();
  scene = await sceneAt(at, await withKey(at, await tenant(at)), "GET leads/list/");
});

describe.each(CREATES)("$path with a key", ({ path, table, fields }) => {
  const send = (sent: Fields, key = "k1", encoding: Encoding = "multipart", by = scene.of.admin) =>
    sendBody(scene.at, scene.of, path, encoded(encoding, sent), { by, headers: { "idempotency-key": key } });
  const mark = (response: Response) => response.headers.get("idempotent-replayed");

  test("is answered as the first time, marked as a replay, in whichever encoding, and adds nothing", async () => {
    const sent = fields(scene);
    const first = await send(sent);
    expect(mark(first)).toBeNull();
    const answer = await data(first);
    const before = await dump();
    scene.at.clock.now += 1_000;
    for (const encoding of ENCODINGS) {
      const again = await send(sent, "k1", encoding);
      expect([encoding, mark(again), await data(again)]).toEqual([encoding, "true", answer]);
    }
    expect(await dump()).toEqual(before);
  });

  test("means the same with numbers, spaces around words and fields that are none", async () => {
    const sent = fields(scene);
    const answer = await data(await send(sent));
    const spaced = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, ` ${value} `]));
    const again = await send({ x: "y", ...spaced, phone: 358_401_234_567 }, "k1", "JSON");
    expect([mark(again), await data(again)]).toEqual(["true", answer]);
  });

  test("with other fields is 422, and adds nothing", async () => {
    await data(await send(fields(scene)));
    const before = await dump();
    await failed(await send(fields(scene, true)), KEY_REUSED, 422);
    expect(await dump()).toEqual(before);
    expect(mark(await send(fields(scene, true), "k2"))).toBeNull();
  });

  test("is its user's alone, whichever token they show", async () => {
    const { at, of } = scene;
    await data(await send(fields(scene)));
    const key = await count("idempotency");
    // Other fields are no reuse of somebody else's key.
    const agents = path.includes("v1")
      ? fields(scene, true)
      : { ...fields(scene, true), slug: (await agentsLead()).slug };
    expect(mark(await send(agents, "k1", "multipart", of.agent))).toBeNull();
    expect(await count("idempotency")).toBe(key + 1);
    await setUser(at, of, of.admin, { password: "a password" });
    const { access } = await data<{ access: string }>(await login(at, of, of.admin, "a password"));
    expect(mark(await send(fields(scene), "k1", "multipart", showing(of.admin, access)))).toBe("true");
  });

  test("is kept for 24 hours, then forgotten", async () => {
    const sent = fields(scene);
    await data(await send(sent));
    scene.at.clock.now = START + 24 * 3_600_000;
    expect(mark(await send(sent))).toBe("true");
    scene.at.clock.now += 1;
    const rows = await count(table);
    const anew = await send(fields(scene));
    await data(anew);
    expect([mark(anew), await count(table)]).toEqual([null, rows + 1]);
  });

  test("a hundred at once make one, and one event", async () => {
    const [rows, events] = [await count(table), await count("lead_event")];
    const responses = await Promise.all(Array.from({ length: 100 }, () => send(fields(scene))));
    expect(responses.filter((response) => mark(response) === "true")).toHaveLength(99);
    const answers = await Promise.all(responses.map(async (response) => JSON.stringify(await data(response))));
    expect(new Set(answers).size).toBe(1);
    expect([await count(table), await count("lead_event")]).toEqual([rows + 1, events + 1]);
  });

  test("that was refused may be used again", async () => {
    const sent = fields(scene);
    await refused(await send({ ...sent, slug: "", first_name: "" }), 400);
    if ("slug" in sent) await refused(await send({ ...sent, slug: "nobody-0123456789" }), 400);
    expect(await count("idempotency")).toBe(0);
    expect(mark(await send(sent))).toBeNull();
  });

  test("may have 255 characters, and no more", async () => {
    const before = await dump();
    await failed(await send(fields(scene), "k".repeat(256)), TOO_LONG, 400);
    expect(await dump()).toEqual(before);
    await data(await send(fields(scene), "k".repeat(255)));
  });

  test("keeps no word of what was sent", async () => {
    await data(await send(fields(scene)));
    const kept = "fingerprint || coalesce(answer, '') || scope";
    for (const word of ["love", "door", "2026"])
      expect(await count("idempotency", `${kept} LIKE ?`, `%${word}%`)).toBe(0);
  });
});

const agentsLead = async () =>
  data<CrmLead>(await post(scene.at, scene.of, "/v1/leads/create/lead/", somebody(), scene.of.agent));

test("of a lead whose status is no choice any more, a replay is a replay", async () => {
  const { at, of } = scene;
  const source = { key: "fair", name: "Fair" };
  const { id } = await admin<{ id: number }>(at, "POST", `/organizations/${of.id}/sources`, source);
  const send = () =>
    post(at, of, "/v1/leads/create/lead/", { ...PERSON, source: "fair" }, of.admin, { "idempotency-key": "k1" });
  const answer = await data(await send());
  await admin(at, "PATCH", `/organizations/${of.id}/sources/${id}`, { is_active: false });
  const again = await send();
  expect([again.headers.get("idempotent-replayed"), await data(again)]).toEqual(["true", answer]);
});

test("the same key of two operations is two keys", async () => {
  const headers = { "idempotency-key": "k1" };
  for (const { path, fields } of CREATES) {
    const response = await post(scene.at, scene.of, path, fields(scene), scene.of.admin, headers);
    expect(response.headers.get("idempotent-replayed")).toBeNull();
    await data(response);
  }
});
