/**
 * The life of a lead through one dialect's own words: one case file for every dialect. An adapter says how the dialect
 * does a verb and how it tells what has become of the lead; a verb that it lacks needs a reason.
 */
import { describe, expect, test } from "vitest";
import { admin, capture, type Edge, edge, lead, START, somebody, type Tenant, tenant } from "../support/edge.ts";
import { type Life, STORIES, type Told, VERBS, type Verb } from "./lifecycle.stories.ts";

export interface LifecycleDialect {
  name: string;
  /** Each answers with the dialect's own status; `pick` is by the agent, `reassign` to the other agent. */
  verbs: Record<Verb, ((at: Edge, of: Tenant, leadId: string) => Promise<Response>) | { skip: string }>;
  succeeded: number;
  /** The status of a change that comes too late. */
  gone: number;
  tell: (at: Edge, of: Tenant, leadId: string) => Promise<Told>;
  /** Where the dialect shows no lead that still waits: how it comes to be accepted through another. */
  acceptedElsewhere?: (at: Edge, of: Tenant, leadId: string) => Promise<void>;
}

export function lifecycleCases(dialect: LifecycleDialect): void {
  async function born(form?: object): Promise<Life> {
    const at = edge();
    const of = await tenant(at, form ? { form } : {});
    const request = { visitor_id: "the-visitor", data: somebody() };
    const id = await lead(at, of.formId, request);
    if (dialect.acceptedElsewhere && !(form && "is_processable" in form)) {
      expect(await dialect.tell(at, of, id)).toMatchObject({ is: "absent" });
      await dialect.acceptedElsewhere(at, of, id);
    }
    const asksAgain = async () => (await capture(at, of.formId, request)).status;
    const does = async (verb: Verb) => {
      const run = dialect.verbs[verb];
      if ("skip" in run) throw new Error(`${verb} is not in what the story needs`);
      at.clock.now += 1_000;
      const response = await run(at, of, id);
      expect(response.status, `${verb}: ${await response.clone().text()}`).toBe(dialect.succeeded);
    };
    const tell = (leadId: string) => dialect.tell(at, of, leadId);
    const isToldAs = async (is: Told["is"], owner: string | null = null) =>
      expect(await tell(id)).toEqual({ is, owner, isEmptied: false });
    return { at, of, id, does, isToldAs, asksAgain, tell };
  }

  describe(`the life of a lead, told through ${dialect.name}`, () => {
    for (const { title, needs, form, run, isOfWaiting } of STORIES) {
      const lacks = needs.flatMap((verb) => {
        const known = dialect.verbs[verb];
        return "skip" in known ? [known.skip] : [];
      });
      const [reason] = isOfWaiting && dialect.acceptedElsewhere ? ["it shows no lead that still waits"] : lacks;
      if (reason === undefined) test(title, async () => run(await born(form)));
      // What the dialect cannot tell or do, with its adapter's reason in the report.
      else test.skip(`${title} (${reason})`);
    }

    heldStories(dialect);
  });
}

/** Suspected spam: what a visitor sends in no time at all. */
function heldStories(dialect: LifecycleDialect): void {
  const held = async () => {
    const at = edge();
    const of = await tenant(at);
    const id = await lead(at, of.formId, { elapsed_ms: 5 });
    expect(await dialect.tell(at, of, id)).toMatchObject({ is: "absent" });
    return { at, of, id, path: `/organizations/${of.id}/held-leads/${id}` };
  };

  test("held: absent until it is released, then pending, received when it was sent", async () => {
    const { at, of, id, path } = await held();
    at.clock.now = START + 60_000;
    await admin(at, "POST", `${path}/release`);
    const is = dialect.acceptedElsewhere ? "absent" : "pending";
    expect(await dialect.tell(at, of, id)).toEqual({ is, owner: null, isEmptied: false });
  });

  test("held: dropped, it never was", async () => {
    const { at, of, id, path } = await held();
    await admin(at, "POST", `${path}/drop`);
    expect(await dialect.tell(at, of, id)).toMatchObject({ is: "absent" });
    for (const verb of VERBS) {
      const run = dialect.verbs[verb];
      if (!("skip" in run)) expect((await run(at, of, id)).status).toBe(dialect.gone);
    }
  });
}
