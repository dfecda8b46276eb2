/**
 * What callers see of a database that fails for a moment or for long. What only reads succeeds; what was never run is sent
 * again; what may have run, and does not recognise its repeat, is sent once, and the caller told to come again.
 */
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { DatabaseAway } from "../../../worker/domain/database-away.ts";
import { patch } from "../../support/asking.ts";
import { form, lead, somebody } from "../../support/edge.ts";
import { MAYBE_RUN, NOT_RUN } from "../../support/faulty.ts";
import { deliver, mailbox, message } from "../../support/mail.ts";
import { dump, eventKinds } from "../../support/rows.ts";
import { post as postCrm } from "../crm/v1.ts";
import { request } from "../unsorted/bodies.ts";
import { post } from "../unsorted/v4.ts";
import { expectAway, LOST, list, PERSON, UNREACHABLE, useFaultyScene } from "./faulty-scene.ts";

const scene = useFaultyScene();

test.each([...MAYBE_RUN, ...NOT_RUN])("a read outlasts three failures: %s", async (message) => {
  scene.d1.fail({ message }, 3);
  expect((await list(scene)).status).toBe(200);
  expect(scene.d1.asked).toHaveLength(4);
  // The first session is over: the others ask the primary.
  expect(scene.d1.starts).toEqual(Array(4).fill("first-primary"));
});

describe("what does not recognise its repeat", () => {
  const writes: [string, () => Promise<Response>, RegExp][] = [
    [
      "a page without script",
      () => scene.at.send("POST", `/v1/forms/${scene.of.formId}/leads`, { body: new URLSearchParams(somebody()) }),
      /INSERT INTO lead\b/,
    ],
    ["a program's lead without a key", () => post(scene.at, scene.of, "forms", [request()]), /INSERT INTO lead\b/],
    [
      "a colleague's lead without a key",
      () => postCrm(scene.at, scene.of, "/v1/leads/create/lead/", PERSON),
      /INSERT INTO lead\b/,
    ],
    [
      "an organization",
      () =>
        scene.at.send("POST", "/admin/v1/organizations", {
          token: env.FOYER_ROOT_TOKEN as string,
          scheme: "Bearer",
          body: { name: "Acme" },
        }),
      /INSERT INTO organization/,
    ],
  ];

  test.each(writes)("is sent once where it may have run: %s", async (_, write, statement) => {
    const before = await dump();
    scene.d1.fail({ message: LOST, of: statement });
    await expectAway(await write());
    expect(scene.d1.asked.filter((sql) => statement.test(sql))).toHaveLength(1);
    expect(await dump()).toEqual(before);
    // It had run: then it stands once, and nothing else was done.
    scene.d1.heal();
    scene.d1.fail({ message: LOST, after: true, of: statement });
    await expectAway(await write());
    expect(scene.d1.asked.filter((sql) => statement.test(sql))).toHaveLength(1);
  });

  test.each(writes)("is sent again where it has not: %s", async (_, write, statement) => {
    scene.d1.fail({ message: UNREACHABLE, of: statement }, 2);
    expect((await write()).status).toBeLessThan(400);
    expect(scene.d1.asked.filter((sql) => statement.test(sql))).toHaveLength(3);
  });

  test("a change of a lead: the caller comes again, and finds it done", async () => {
    const id = await lead(scene.at, scene.of.formId);
    scene.d1.heal();
    scene.d1.fail({ message: LOST, after: true });
    const close = () => patch(scene.at, scene.of, id, { assigned_user_id: scene.of.agent.id, is_closed: true });
    await expectAway(await close());
    expect(scene.d1.asked).toHaveLength(1);
    const kinds = await eventKinds(id);
    expect((await close()).status).toBe(200);
    expect(await eventKinds(id)).toEqual(kinds);
  });
});

test("a message that comes while the database is away is put off, not refused", async () => {
  const address = await mailbox(scene.at, scene.of.id);
  scene.d1.fail({ message: UNREACHABLE }, 99);
  await expect(deliver(scene.at, address, message())).rejects.toBeInstanceOf(DatabaseAway);
});

test("a page of another site may read that it is to come again, and when, though its form was not even found", async () => {
  const fresh = await form(scene.at, scene.of.id);
  scene.d1.heal();
  scene.d1.fail({ message: UNREACHABLE }, 99);
  const answer = await scene.at.send("GET", `/v1/forms/${fresh}`, { headers: { origin: "https://shop.example" } });
  await expectAway(answer);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-expose-headers")).toContain("Retry-After");
});

test("whoever waits for a database that is away is told so within two seconds", async () => {
  vi.mocked(Math.random).mockReturnValue(0.999_999);
  scene.d1.fail({ message: UNREACHABLE }, 99);
  const began = Date.now();
  await expectAway(await list(scene));
  expect(Date.now() - began).toBeLessThan(2_000);
});

test("what no repeat mends is 500 as ever, and sent once", async () => {
  scene.d1.fail({ message: "D1_ERROR: no such table: lead: SQLITE_ERROR" });
  const response = await list(scene);
  expect([response.status, response.headers.get("retry-after"), scene.d1.asked.length]).toEqual([500, null, 1]);
});
