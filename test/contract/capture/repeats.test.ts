import { beforeEach, describe, expect, it } from "vitest";
import { patched, pick } from "../../support/asking.ts";
import {
  CONTACT_FIELDS,
  capture,
  type Edge,
  edge,
  form,
  lead,
  somebody,
  type Tenant,
  tenant,
} from "../../support/edge.ts";
import { count, rows } from "../../support/rows.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const VISITOR = { visitor_id: "visitor-1" };
/** The status that the same visitor gets for these answers. */
const again = async (id: string, data: object) => (await capture(at, id, { ...VISITOR, data })).status;

describe("identical requests", () => {
  const EQUAL: [what: string, first: object, second: object][] = [
    ["case of the e-mail address", { email: "Ann@Example.org" }, { email: "ann@example.ORG" }],
    ["white space around", { email: "a@b.example", message: "Hi" }, { email: " a@b.example ", message: "Hi\n" }],
    [
      "the way a letter is composed",
      { email: "a@b.example", message: "é" },
      { email: "a@b.example", message: "e\u0301" },
    ],
    [
      "how a phone number is written",
      { email: "a@b.example", phone: "+358 40 1234567" },
      { email: "a@b.example", phone: "+358(40)123-45-67" },
    ],
    ["answers that are empty", { email: "a@b.example", message: "" }, { email: "a@b.example" }],
  ];
  it.each(EQUAL)("do not differ by %s", async (_what, first, second) => {
    expect(await again(to.formId, first)).toBe(201);
    expect(await again(to.formId, second)).toBe(409);
    expect(await count("lead")).toBe(1);
  });

  it("do not differ by hidden answers, consent, page, time and address", async () => {
    const fields = [...CONTACT_FIELDS, { name: "ref", type: "hidden", label: "Ref" }];
    const id = await form(at, to.id, { fields, consent: { version: "1", text: "?", required: false } });
    const data = somebody();
    await capture(at, id, { ...VISITOR, data: { ...data, ref: "a" }, consent: { version: "1", given: true } });
    at.clock.now += 3_600_000;
    const other = {
      data: { ...data, ref: "b" },
      consent: { version: "1", given: false },
      page: { url: "https://x.test" },
    };
    const repeat = await capture(at, id, { ...VISITOR, ...other }, { "cf-connecting-ip": "203.0.113.9" });
    expect(repeat.status).toBe(409);
  });

  it("differ by any other answer, and by their form", async () => {
    const data = { email: "a@b.example", message: "Hi" };
    expect(await again(to.formId, data)).toBe(201);
    expect(await again(to.formId, { ...data, message: "hi" })).toBe(201);
    expect(await again(await form(at, to.id), data)).toBe(201);
    expect(await count("lead")).toBe(3);
  });

  it("of fields that map to nobody are compared by the kind of the field", async () => {
    const fields = CONTACT_FIELDS.map(({ maps_to: _none, ...field }) => field);
    const id = await form(at, to.id, { fields });
    expect(await again(id, { email: "Ann@Example.org", phone: "+358 40 1234567" })).toBe(201);
    expect(await again(id, { email: "ann@example.org", phone: "+358401234567" })).toBe(409);
  });

  it("of another organization are nobody's business", async () => {
    const other = await tenant(at);
    const data = somebody();
    expect(await again(to.formId, data)).toBe(201);
    expect(await again(other.formId, data)).toBe(201);
  });

  it("may all come where the policy is off", async () => {
    const id = await form(at, to.id, { duplicate_policy: "off" });
    const data = somebody();
    for (let times = 0; times < 3; times += 1) expect(await again(id, data)).toBe(201);
    expect([await count("lead"), await count("claim")]).toEqual([3, 0]);
  });
});

describe("a claim ends", () => {
  it.each([
    ["picked", { assigned_user_id: "agent" }],
    ["closed", { is_closed: true }],
  ])("when the lead is %s: then the same may come again", async (_what, change) => {
    const data = somebody();
    const id = await lead(at, to.formId, { ...VISITOR, data });
    expect(await again(to.formId, data)).toBe(409);
    await patched(at, to, id, "is_closed" in change ? change : { assigned_user_id: to.agent.id });
    expect(await count("claim")).toBe(0);
    expect(await again(to.formId, data)).toBe(201);
    expect(await again(to.formId, data)).toBe(409);
  });

  it("of a processable lead only when it closes", async () => {
    const id = await form(at, to.id, { is_processable: true });
    const data = somebody();
    const first = await lead(at, id, { ...VISITOR, data });
    await pick(at, to, first);
    expect(await again(id, data)).toBe(409);
    await patched(at, to, first, { is_closed: true });
    expect(await again(id, data)).toBe(201);
  });

  it("and does not come back when the lead is given back or reopened", async () => {
    const data = somebody();
    const id = await lead(at, to.formId, { ...VISITOR, data });
    await pick(at, to, id);
    await patched(at, to, id, { assigned_user_id: null });
    expect(await again(to.formId, data)).toBe(201);
    expect(await rows("SELECT lead_id FROM claim")).toHaveLength(1);
  });
});
