import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, pick } from "../../support/asking.ts";
import {
  admin,
  CONTACT_FIELDS,
  capture,
  type Edge,
  edge,
  form,
  somebody,
  type Tenant,
  tenant,
} from "../../support/edge.ts";
import { count, eventKinds, row } from "../../support/rows.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const DAY_MS = 86_400_000;
const together = (posts: number, body: () => Record<string, unknown>): Promise<Response[]> =>
  Promise.all(Array.from({ length: posts }, () => capture(at, to.formId, body())));
const statuses = (answers: Response[], status: number) => answers.filter((answer) => answer.status === status).length;

describe("many at the same moment", () => {
  it("200 identical posts of one visitor make one lead and 199 answers 409", async () => {
    const same = { visitor_id: "visitor-1", data: somebody() };
    const answers = await together(200, () => ({ ...same, submission_id: crypto.randomUUID() }));
    expect([statuses(answers, 201), statuses(answers, 409)]).toEqual([1, 199]);
    await expectProblem(answers.find(({ status }) => status === 409) as Response, 409, "duplicate-lead");
    expect([await count("lead"), await count("contact"), await count("incoming_lead")]).toEqual([1, 1, 1]);
    expect(await row("SELECT count FROM duplicate_attempt")).toEqual({ count: 199 });
    expect((await row("SELECT version FROM lead")).version).toBe(1);
    expect(await count("lead_event")).toBe(1);
  });

  it("200 replays of one submission make one lead and 200 equal answers, 199 of them marked", async () => {
    const same = { submission_id: crypto.randomUUID(), visitor_id: "visitor-1", data: somebody() };
    const answers = await together(200, () => same);
    expect(statuses(answers, 201)).toBe(200);
    expect(answers.filter(({ headers }) => headers.get("idempotent-replayed") === "true")).toHaveLength(199);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect([await count("lead"), await count("lead_event"), await count("duplicate_attempt")]).toEqual([1, 1, 0]);
  });

  it("100 identical posts of strangers make one lead, and every one of them is thanked alike", async () => {
    const data = somebody();
    const answers = await together(100, () => ({ data }));
    expect(statuses(answers, 201)).toBe(100);
    const ids = await Promise.all(answers.map(async (answer) => (await answer.json<{ id: string }>()).id));
    expect(new Set(ids).size).toBe(100);
    expect([await count("lead"), (await row("SELECT count FROM duplicate_attempt")).count]).toEqual([1, 99]);
  });
});

describe("a submission_id", () => {
  it("is answered again the same where the form asks for more by now; a new one is refused", async () => {
    const same = { submission_id: crypto.randomUUID(), data: somebody() };
    const first = await (await capture(at, to.formId, same)).json();
    const more = { name: "size", type: "text", label: "Size", required: true };
    const path = `/organizations/${to.id}/forms/${to.formId}`;
    await admin(at, "PATCH", path, { fields: [...CONTACT_FIELDS, more] });
    const again = await capture(at, to.formId, same);
    expect([again.status, again.headers.get("idempotent-replayed"), await again.json()]).toEqual([201, "true", first]);
    await expectProblem(await capture(at, to.formId, { data: somebody() }), 422, "invalid-fields");
    const others = { ...same, data: somebody() };
    await expectProblem(await capture(at, to.formId, others), 422, "invalid-fields");
    expect(await count("lead")).toBe(1);
  });

  it("is answered again the same later, also after the lead was picked", async () => {
    const same = { submission_id: crypto.randomUUID(), visitor_id: "v", data: somebody() };
    const first = await (await capture(at, to.formId, same)).json<{ id: string }>();
    await pick(at, to, first.id);
    at.clock.now += DAY_MS - 1;
    const submission_id = same.submission_id.toUpperCase();
    const again = await capture(at, to.formId, { ...same, submission_id });
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect(await again.json()).toEqual(first);
    expect(await eventKinds(first.id)).toEqual(["created", "assign"]);
  });

  it("with other content is 422, and changes nothing", async () => {
    const same = { submission_id: crypto.randomUUID(), data: somebody() };
    await capture(at, to.formId, same);
    const other = await capture(at, to.formId, { ...same, data: somebody() });
    await expectProblem(other, 422, "idempotency-key-reused");
    expect(await count("lead")).toBe(1);
  });

  it("tells content by what was answered, not by the order of keys, the page or the clock", async () => {
    const data = somebody();
    const same = { submission_id: crypto.randomUUID(), data };
    await capture(at, to.formId, same);
    const turned = Object.fromEntries(Object.entries(data).reverse());
    const again = await capture(at, to.formId, {
      ...same,
      data: turned,
      page: { url: "https://x.test" },
      elapsed_ms: 1e5,
    });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
  });

  it("belongs to its form: the same one at another form is another", async () => {
    const same = { submission_id: crypto.randomUUID(), data: somebody() };
    const answers = [await capture(at, to.formId, same), await capture(at, await form(at, to.id), same)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[1]?.headers.get("idempotent-replayed")).toBeNull();
    expect(await count("lead")).toBe(2);
  });

  it("of a repeat is answered 409 again, and the attempt counted once", async () => {
    const same = { visitor_id: "v", data: somebody() };
    await capture(at, to.formId, same);
    const repeat = { ...same, submission_id: crypto.randomUUID() };
    for (let times = 0; times < 3; times += 1) {
      await expectProblem(await capture(at, to.formId, repeat), 409, "duplicate-lead");
    }
    expect((await row("SELECT count FROM duplicate_attempt")).count).toBe(1);
  });

  it("of a stranger who repeats is answered with the same thanks again", async () => {
    const data = somebody();
    await capture(at, to.formId, { data });
    const repeat = { submission_id: crypto.randomUUID(), data };
    const [first, again] = [await capture(at, to.formId, repeat), await capture(at, to.formId, repeat)];
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await again.text()).toBe(await first.text());
  });

  it("outlives every outbox, and expires after eight days: then it is a new request", async () => {
    const same = { submission_id: crypto.randomUUID(), visitor_id: "v", data: somebody() };
    const { id } = await (await capture(at, to.formId, same)).json<{ id: string }>();
    await pick(at, to, id);
    at.clock.now += 7 * DAY_MS;
    const late = await capture(at, to.formId, same);
    expect([late.headers.get("idempotent-replayed"), (await late.json<{ id: string }>()).id]).toEqual(["true", id]);
    at.clock.now += DAY_MS + 1;
    const later = await capture(at, to.formId, same);
    expect([later.status, later.headers.get("idempotent-replayed")]).toEqual([201, null]);
    expect((await later.json<{ id: string }>()).id).not.toBe(id);
    expect(await count("lead")).toBe(2);
  });
});
