/** Form data, urlencoded and JSON mean the same; what is no text is no text in any of them. */
import { beforeEach, describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { ENCODINGS, type Encoding, encoded, MULTIPART, part, parts, sendBody, URLENCODED, WRITES } from "./bodies.ts";
import { type Scene, sceneAt } from "./makers.ts";
import { data, post, refused, somebody, view, withKey } from "./v1.ts";

const CREATE = "/v1/leads/create/lead/";
let scene: Scene;
beforeEach(async () => {
  const at = edge();
  scene = await sceneAt(at, await withKey(at, await tenant(at)), `POST ${CREATE.slice(1)}`);
});
const sendAs = (encoding: Encoding, path: string, fields: Record<string, unknown>) =>
  sendBody(scene.at, scene.of, path, encoded(encoding, fields));
const sendRaw = (body: BodyInit, headers: Record<string, string> = {}) =>
  sendBody(scene.at, scene.of, CREATE, body, { headers });

/** What differs from one thing to the next, and from person to person. */
const alike = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer).replace(/"(slug|last_name|email|phone)":"[^"]+"|"(\w+_id)":\d+/g, '"$1$2":"*"'));

test.each(WRITES)("$path takes each encoding, and answers alike", async ({ path, fields }) => {
  const answers: unknown[] = [];
  for (const encoding of ENCODINGS) {
    const at = edge();
    const fresh = await sceneAt(at, await withKey(at, await tenant(at)), `POST ${path.slice(1)}`);
    const body = encoded(encoding, await fields(fresh));
    const text = JSON.stringify(await data(await sendBody(at, fresh.of, path, body)));
    // Names of people are new in each tenant.
    const { admin } = fresh.of;
    answers.push(alike(JSON.parse(text.replaceAll(admin.username, "ADMIN"))));
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

describe("in JSON", () => {
  test("numbers are text, and null is nothing entered", async () => {
    const sent = somebody({ phone: 358_401_234_567, message: 7.5, location: null, status: null, first_name: 0 });
    const made = await data(await sendAs("JSON", CREATE, sent));
    expect(made).toMatchObject({ phone: "358401234567", message: "7.5", location: "", first_name: "0" });
    const errors = await refused(await sendAs("JSON", CREATE, somebody({ first_name: null, assignee: null })), 400);
    const blank = ["This field may not be blank."];
    expect(errors).toEqual({ first_name: blank, assignee: blank });
  });

  test.each([[[]], [["x"]], [{}], [{ a: 1 }], [true], [false]])("%j is no text, and no id", async (value) => {
    const names = ["first_name", "last_name", "email", "phone", "location", "message", "status", "source", "assignee"];
    const sent = Object.fromEntries(names.map((name) => [name, value]));
    const errors = await refused(await sendAs("JSON", CREATE, sent), 400);
    expect(errors).toEqual(Object.fromEntries(names.map((name) => [name, ["Not a valid string."]])));
    const note = await refused(await sendAs("JSON", "/leads/delete/leadnote/", { note_id: value }), 400);
    expect(note).toEqual({ note_id: ["Invalid note id."] });
  });

  test("charset and structured suffixes of the type are JSON too, and so is a body without type", async () => {
    const sent = () => encoded("JSON", somebody()) as string;
    for (const type of ["application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.api+json"]) {
      await data(await sendRaw(sent(), { "content-type": type }));
    }
    await data(await sendRaw(new TextEncoder().encode(sent()), { "content-type": "" }));
  });
});

test("a file is no text", async () => {
  const body = encoded("multipart", somebody()) as FormData;
  body.set("message", new File(["x"], "x.txt", { type: "text/plain" }));
  expect(await refused(await sendRaw(body), 400)).toEqual({ message: ["Not a valid string."] });
});

test("of a field that comes twice the last counts, in every encoding", async () => {
  const person = { last_name: "Hopper", email: "grace@example.org", phone: "358401234567" };
  const both = [["first_name", "Ada"], ...Object.entries(person), ["first_name", "Grace"]] as [string, string][];
  const json = `{${both.map(([name, value]) => `"${name}":"${value}"`).join(",")}}`;
  const bodies: [string, Record<string, string>][] = [
    [json, {}],
    [new URLSearchParams(both).toString(), URLENCODED],
    [parts(...both.map(([name, value]) => part(name, value))), MULTIPART],
  ];
  for (const [body, headers] of bodies) {
    expect(await data(await sendRaw(body, headers))).toMatchObject({ first_name: "Grace" });
  }
});

test("blank optional words are as if they were not sent, and empty a lead's location and message", async () => {
  const { at, of, lead } = scene;
  const fields = { ...somebody({ slug: lead.slug }), location: "Rīga", message: "Doors", status: "potential" };
  await data(await post(at, of, "/leads/update/lead/", fields));
  await data(
    await post(at, of, "/leads/update/lead/", { ...fields, location: " ", message: "", status: "", source: " " }),
  );
  expect(await view(at, of, lead.slug)).toMatchObject({ location: "", message: "", status: "potential" });
});
