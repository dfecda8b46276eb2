/** Bodies that cannot be read, at every write: a 4xx in the envelope, and no trace of them. */
import { beforeEach, describe, expect, test } from "vitest";
import { BODY_LIMIT_BYTES } from "../../../shared/limits.ts";
import { edge, tenant } from "../../support/edge.ts";
import { dump } from "../../support/rows.ts";
import { MULTIPART, part, parts, sendBody, URLENCODED, WRITES } from "./bodies.ts";
import { type Scene, sceneAt } from "./makers.ts";
import { type FieldErrors, refused, withKey } from "./v1.ts";

const CREATE = "/v1/leads/create/lead/";
let scene: Scene;
beforeEach(async () => {
  const at = edge();
  scene = await sceneAt(at, await withKey(at, await tenant(at)), `POST ${CREATE.slice(1)}`);
});
const sendTo = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  sendBody(scene.at, scene.of, path, body, { headers });
const send = (body: BodyInit, headers: Record<string, string> = {}) => sendTo(CREATE, body, headers);

/** @returns what is wrong, after nothing was written. */
async function refusedTracelessly(
  body: BodyInit,
  headers: Record<string, string>,
  status: number,
): Promise<FieldErrors[]> {
  const before = await dump();
  const errors: FieldErrors[] = [];
  for (const { path } of WRITES) errors.push(await refused(await sendTo(path, body, headers), status));
  expect(await dump()).toEqual(before);
  return errors;
}
const whole = (text: string): FieldErrors => ({ non_field_errors: [text] });

describe("what cannot be read is 400, at every write", () => {
  const field = part("first_name", "Ada");
  test.each([
    ["cut off in a part", `--b\r\n${field}`, MULTIPART],
    ["cut off in a part's head", "--b\r\nContent-Dispo", MULTIPART],
    ["without its end", `--b\r\n${field}\r\n--b\r\n`, MULTIPART],
    ["with another boundary", parts(field).replaceAll("--b", "--c"), MULTIPART],
    ["without a boundary", parts(field), { "content-type": "multipart/form-data" }],
    ["with a part without a name", parts("Content-Disposition: form-data\r\n\r\nx"), MULTIPART],
    ["of JSON, said to be multipart", '{"first_name":"Ada"}', MULTIPART],
  ])("multipart %s", async (_, body, headers) => {
    for (const errors of await refusedTracelessly(body, headers, 400)) {
      expect(errors).toEqual(whole("Multipart form parse error."));
    }
  });

  test.each(["{", '{"a":}', "{'a':1}", "nothing", "{\"password\":'hunter2'}", `${"[".repeat(9)}`])(
    "JSON such as %s, without a word of it in the answer",
    async (body) => {
      for (const { non_field_errors: [text] = [] } of await refusedTracelessly(body, {}, 400)) {
        expect(text).toMatch(/^JSON parse error - [^"]{8,}$/);
        expect(text).not.toMatch(/hunter|nothing/);
      }
    },
  );

  test.each(["[]", '[{"first_name":"Ada"}]', '"x"', "5", "null", "true"])(
    "JSON that is no object: %s",
    async (body) => {
      for (const errors of await refusedTracelessly(body, {}, 400)) {
        expect(errors).toEqual(whole("Invalid data. Expected a dictionary."));
      }
    },
  );

  test("JSON that is deeper than 32 levels, a hundred thousand too", async () => {
    for (const levels of [33, 100_000]) {
      const body = `{"x":${"[".repeat(levels)}${"]".repeat(levels)}}`;
      const [errors] = await refusedTracelessly(body, {}, 400);
      expect(errors).toEqual(whole("JSON parse error - nested deeper than 32 levels"));
    }
  });
});

test("another type is 415", async () => {
  for (const type of ["text/plain", "application/xml", "application/jsonp", "multipart/mixed; boundary=b"]) {
    const name = type.split(";")[0];
    for (const errors of await refusedTracelessly("first_name=Ada", { "content-type": type }, 415)) {
      expect(errors).toEqual(whole(`Unsupported media type "${name}" in request.`));
    }
  }
});

test("a body of the limit is read, one byte more is 413, whether its length is said or not", async () => {
  const filler = (bytes: number) => `{"x":"${"x".repeat(bytes - 8)}"}`;
  expect(await refused(await send(filler(BODY_LIMIT_BYTES)), 400)).toHaveProperty("email");
  const tooMuch = new TextEncoder().encode(filler(BODY_LIMIT_BYTES + 1));
  const said = { "content-length": String(tooMuch.length) };
  for (const headers of [{}, said]) {
    for (const errors of await refusedTracelessly(tooMuch, headers, 413)) {
      expect(errors).toEqual(whole("Request body is too large."));
    }
  }
});

test("a body of no bytes has no field, whatever it is said to be", async () => {
  for (const headers of [{}, MULTIPART, URLENCODED, { "content-type": "text/plain" }]) {
    const response = await sendTo("/leads/create/appointment/", "", headers);
    expect(await refused(response, 401)).toEqual(whole("Body data not found."));
  }
});
