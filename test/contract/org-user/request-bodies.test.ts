/** What PUT and PATCH take, the same through every list: two writable keys, JSON, bounded. */
import { describe, expect, test } from "vitest";
import { BODY_LIMIT_BYTES } from "../../../shared/limits.ts";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { answer, get, LISTS, refused, type V5Lead } from "./v5.ts";

interface Scene {
  of: Tenant;
  before: V5Lead;
  send: (method: "PUT" | "PATCH", body: unknown, type?: string) => Promise<Response>;
  read: () => Promise<V5Lead>;
}

async function scene(at: Edge, list: (typeof LISTS)[number]): Promise<Scene> {
  const of = await tenant(at);
  const [id] = await manyLeads(of, { count: 1, ...list.shown(of) });
  const address = `${list.path(of)}/${id}`;
  const read = async () => answer(await get(at, address, of.agent));
  const send: Scene["send"] = (method, body, type) =>
    at.send(method, address, { token: of.agent.token, body, ...(type ? { headers: { "content-type": type } } : {}) });
  return { of, before: await read(), send, read };
}

const REQUIRED = ["This field is required."];
const NO_UUID = { assigned_user_id: ["Must be a valid UUID."] };
const NO_BOOLEAN = { is_closed: ["Must be a valid boolean."] };

const WRONG_TYPES: [object, object][] = [
  [{ assigned_user_id: 5 }, NO_UUID],
  [{ assigned_user_id: "bob" }, NO_UUID],
  [{ assigned_user_id: "" }, NO_UUID],
  [{ assigned_user_id: ["7c99425e-9529-11e6-8107-f45c89c72de3"] }, NO_UUID],
  [{ assigned_user_id: "\ud800c99425e-9529-11e6-8107-f45c89c72de3" }, NO_UUID],
  [{ assigned_user_id: "\u0000" }, NO_UUID],
  [{ is_closed: "true" }, NO_BOOLEAN],
  [{ is_closed: 1 }, NO_BOOLEAN],
  [{ is_closed: {} }, NO_BOOLEAN],
  [{ is_closed: null }, { is_closed: ["This field may not be null."] }],
  [
    { is_closed: "no", assigned_user_id: true },
    { ...NO_UUID, ...NO_BOOLEAN },
  ],
];

describe.each(LISTS)("through $list", (list) => {
  test("PUT without a required attribute is 400 and names it; PATCH takes any subset", async () => {
    const at = edge();
    const { of, before, send, read } = await scene(at, list);
    const [owner, closed] = [{ assigned_user_id: of.agent.id }, { is_closed: true }];
    await refused(await send("PUT", {}), 400, { assigned_user_id: REQUIRED, is_closed: REQUIRED });
    await refused(await send("PUT", owner), 400, { is_closed: REQUIRED });
    await refused(await send("PUT", closed), 400, { assigned_user_id: REQUIRED });
    expect(await read()).toEqual(before);
    expect(await answer(await send("PATCH", {}))).toEqual(before);
    expect(await answer(await send("PATCH", closed))).toMatchObject(closed);
  });

  test("a wrong type is 400 and names its field", async () => {
    const at = edge();
    const { before, send, read } = await scene(at, list);
    for (const [body, errors] of WRONG_TYPES) {
      for (const method of ["PATCH", "PUT"] as const) {
        const whole = method === "PUT" ? { assigned_user_id: null, is_closed: true, ...body } : body;
        await refused(await send(method, whole), 400, errors);
      }
    }
    expect(await read()).toEqual(before);
  });

  test("a payload that is no object is 400", async () => {
    const at = edge();
    const { send } = await scene(at, list);
    const message = (got: string) => `Invalid data. Expected a dictionary, but got ${got}.`;
    for (const [body, got] of Object.entries({ "[]": "list", null: "null", '"closed"': "string", 1: "number" })) {
      for (const method of ["PUT", "PATCH"] as const) {
        await refused(await send(method, body), 400, { non_field_errors: [message(got)] });
      }
    }
  });

  test("malformed JSON is 400 and says so: cut off, badly quoted, empty, or nested without end", async () => {
    const at = edge();
    const { before, send, read } = await scene(at, list);
    const deep = `{"further": ${"[".repeat(1_000)}${"]".repeat(1_000)}}`;
    for (const body of ['{"is_closed": true', "{'is_closed': true}", '{"is_closed": true,}', "", deep]) {
      for (const method of ["PUT", "PATCH"] as const) {
        const { detail } = await answer<{ detail: string }>(await send(method, body), 400);
        expect(detail).toMatch(/^JSON parse error - ./);
      }
    }
    expect(await read()).toEqual(before);
  });

  test("a body of another type than JSON is 415", async () => {
    const at = edge();
    const { before, send, read } = await scene(at, list);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/json",
    ]) {
      const detail = `Unsupported media type "${type}" in request.`;
      await refused(await send("PATCH", '{"is_closed": true}', type), 415, { detail });
    }
    expect(await read()).toEqual(before);
  });

  test.each(["application/json; charset=utf-8", "Application/JSON"])("a body of %s is taken", async (type) => {
    const at = edge();
    const { send } = await scene(at, list);
    expect(await answer(await send("PATCH", '{"is_closed": true}', type))).toMatchObject({ is_closed: true });
  });

  test("a body of the limit is taken, one byte more is 413", async () => {
    const at = edge();
    const { before, send, read } = await scene(at, list);
    const body = (bytes: number) => `{"is_closed": true, "further": "${"x".repeat(bytes - 34)}"}`;
    expect(body(BODY_LIMIT_BYTES)).toHaveLength(BODY_LIMIT_BYTES);
    await refused(await send("PATCH", body(BODY_LIMIT_BYTES + 1)), 413, { detail: "Request body is too large." });
    expect(await read()).toEqual(before);
    await answer(await send("PATCH", body(BODY_LIMIT_BYTES)));
  });

  test("read-only and unknown keys are ignored, whatever their type, NUL and lone surrogates included", async () => {
    const at = edge();
    const { of, before, send } = await scene(at, list);
    const { is_closed: _, assigned_user_id: __, ...readOnly } = before;
    const junk = Object.fromEntries(Object.keys(readOnly).map((key) => [key, "\u0000\udfff"]));
    const body = {
      ...junk,
      id: of.id,
      created_at: null,
      data: { email: "\ud800" },
      IS_CLOSED: true,
      "\u0000": "\udc00",
    };
    expect(await answer(await send("PATCH", body))).toEqual(before);
    const whole = { assigned_user_id: before.assigned_user_id, is_closed: false };
    expect(await answer(await send("PUT", { ...body, ...whole }))).toEqual(before);
  });

  test("a key called __proto__ closes nothing", async () => {
    const at = edge();
    const { before, send } = await scene(at, list);
    expect(await answer(await send("PATCH", '{"__proto__": {"is_closed": true}}'))).toEqual(before);
  });
});
