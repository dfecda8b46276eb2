/** Bodies with strange things in them: each is taken or refused as what it is, never with a 5xx. */
import { beforeEach, describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { encoded, MULTIPART, part, parts, sendBody, URLENCODED, WRITES } from "./bodies.ts";
import { type Scene, sceneAt } from "./makers.ts";
import { data, refused, somebody, withKey } from "./v1.ts";

const CREATE = "/v1/leads/create/lead/";
let scene: Scene;
beforeEach(async () => {
  const at = edge();
  scene = await sceneAt(at, await withKey(at, await tenant(at)), `POST ${CREATE.slice(1)}`);
});
const sendTo = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  sendBody(scene.at, scene.of, path, body, { headers });
const send = (body: BodyInit, headers: Record<string, string> = {}) => sendTo(CREATE, body, headers);

describe("strange text", () => {
  test("is kept well-formed: no NUL, no half of a character; marks and emoji as they came", async () => {
    const strange = '"first_name":"A\\u0000da \\ud800","message":"שלום\\u200f \\ud83d\\ude00"';
    const sent = JSON.stringify({ ...somebody(), first_name: undefined });
    const made = await data(await send(`{${strange},${sent.slice(1)}`));
    expect(made).toMatchObject({ first_name: "Ada \ufffd", message: "שלום\u200f 😀" });
    const form = encoded("urlencoded", somebody({ first_name: "A\0da" })) as URLSearchParams;
    expect(await data(await send(`${form}&message=%FF%00x`, URLENCODED))).toMatchObject({
      first_name: "Ada",
      message: "\ufffdx",
    });
    const body = parts(
      ...Object.entries(somebody({ message: "a\0b" })).map(([key, value]) => part(key, String(value))),
    );
    expect(await data(await send(body, MULTIPART))).toMatchObject({ message: "ab" });
  });

  test("of NUL and blanks alone is blank", async () => {
    for (const blank of ["\0", " \0 ", "\u00a0\u3000\ufeff"]) {
      const body = encoded("JSON", somebody({ first_name: blank }));
      expect(await refused(await send(body), 400)).toEqual({ first_name: ["This field may not be blank."] });
    }
  });

  test("counts a character as one, beyond the first plane too", async () => {
    const fits = "😀".repeat(255);
    expect(await data(await send(encoded("JSON", somebody({ first_name: fits }))))).toMatchObject({ first_name: fits });
    await refused(await send(encoded("JSON", somebody({ first_name: `${fits}😀` }))), 400);
  });
});

test("fields called as what every object has are fields like others, and ignored", async () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"];
  const more = names.map((name) => `"${name}":{"first_name":"Eve","polluted":"yes"}`).join(",");
  const made = await data(await send(`{${more},${JSON.stringify(somebody()).slice(1)}`));
  expect(made).toMatchObject({ first_name: "Grace" });
  const form = encoded("urlencoded", somebody()) as URLSearchParams;
  for (const name of names) form.append(name, "x");
  await data(await send(form));
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  const errors = await refused(await send(`{"__proto__":{"first_name":"Eve"}}`), 400);
  expect(Object.keys(errors)).toEqual(["first_name", "last_name", "email", "phone"]);
});

test("five thousand fields are read, and those that are none are ignored", async () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, "x"]));
  for (const encoding of ["multipart", "urlencoded", "JSON"] as const) {
    expect(await data(await send(encoded(encoding, { ...many, ...somebody() })))).toMatchObject({
      first_name: "Grace",
    });
    expect(await refused(await send(encoded(encoding, many)), 400)).toHaveProperty("first_name");
  }
});

test.each(WRITES)("a megabyte in any field of $path is refused", async ({ path, fields }) => {
  const valid = await fields(scene);
  for (const name of Object.keys(valid)) {
    const body = encoded("urlencoded", { ...valid, [name]: "x".repeat(1_000_000) });
    expect(Object.keys(await refused(await sendTo(path, body), 400))).toEqual([name]);
  }
});
