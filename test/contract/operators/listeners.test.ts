/** Who is told of new leads: an inbox with listeners, and no other, without anybody missing one. */

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Inbox } from "../../../worker/chat/objects.ts";
import { inboxName } from "../../../worker/services/live.ts";
import { startListening, stopListening } from "../../../worker/store/listening.ts";
import { type Edge, firstDatabase, lead, type Tenant } from "../../support/edge.ts";
import { interposed } from "../../support/interposed.ts";
import { metered } from "../../support/meter.ts";
import { count } from "../../support/rows.ts";
import { ask, type Page } from "./operators.ts";
import { listen, socketScene } from "./sockets.ts";

let at: Edge;
let of: Tenant;
let tellings: number;
/** The real inboxes, where it is counted how often the Worker tells them. */
const INBOXES = {
  getByName: (name: string) => {
    tellings += 1;
    return env.INBOXES.getByName(name);
  },
} as unknown as Edge["env"]["INBOXES"];

beforeEach(async () => {
  ({ at, of } = await socketScene({ INBOXES }));
  tellings = 0;
});

const noted = () => count("listening", "organization_id = ?", of.accountId);

describe("a new lead", () => {
  it("is told to nobody where nobody has ever listened", async () => {
    await lead(at, of.formId);
    expect([tellings, await noted()]).toEqual([0, 0]);
  });

  it("that finds everybody gone is the last that is told, until somebody comes again", async () => {
    const bob = await listen(at, of.agent.token);
    await lead(at, of.formId);
    await bob.hear("lead");
    bob.close();
    await vi.waitFor(() => expect(bob.closed).toHaveLength(1));
    await vi.waitFor(async () => {
      await lead(at, of.formId);
      expect(await noted()).toBe(0);
    });
    tellings = 0;
    await lead(at, of.formId);
    expect(tellings).toBe(0);
    const ada = await listen(at, of.admin.token);
    const uuid = await lead(at, of.formId);
    expect(await ada.hear("lead")).toMatchObject([{ lead: { id: uuid } }]);
  });

  it("is heard after the inbox slept", async () => {
    const bob = await listen(at, of.agent.token);
    await evictDurableObject(env.INBOXES.getByName(inboxName(0, of.accountId)));
    const uuid = await lead(at, of.formId);
    expect(await bob.hear("lead")).toMatchObject([{ lead: { id: uuid } }]);
  });

  it("is told to the others while one of them has gone", async () => {
    const [bob, ada] = [await listen(at, of.agent.token), await listen(at, of.admin.token)];
    bob.close();
    await ada.hear("online");
    for (let leads = 1; leads <= 3; leads += 1) {
      await lead(at, of.formId);
      await ada.hear("lead", leads);
    }
    expect(await noted()).toBe(1);
  });
});

it("an inbox that is alone asks the database once, however often it is told something", async () => {
  const inbox = env.INBOXES.getByName(inboxName(0, of.accountId));
  const meter = metered(env.DB);
  await runInDurableObject<Inbox, void>(inbox, ({ inner }) => {
    Object.assign(inner, { env: { ...inner.env, DB: meter.db } });
  });
  await Promise.all(Array.from({ length: 20 }, () => inbox.tell([{ t: "sorted", lead: "x" }])));
  expect(meter.usage.roundTrips).toBe(1);
});

it("misses none who begins to listen while leads come in: each is in the lists, or heard", async () => {
  const coming = Array.from({ length: 40 }, () => lead(at, of.formId));
  const listeners = await Promise.all(
    Array.from({ length: 5 }, async (_, n) => {
      await coming[n * 8];
      const bob = await listen(at, of.agent.token);
      await bob.hear("welcome");
      const page = await (await ask(at, of.agent, "GET", "/incoming")).json<Page<{ lead_id: string }>>();
      return { bob, listed: page.results.map(({ lead_id }) => lead_id) };
    }),
  );
  const made = new Set(await Promise.all(coming));
  for (const { bob, listed } of listeners) {
    await vi.waitFor(() => {
      const known = bob.heard.flatMap((frame) => (frame.t === "lead" ? [frame.lead.id] : []));
      expect(new Set([...listed, ...known])).toEqual(made);
    });
  }
});

it("an end that the database does late does not end who has begun meanwhile", async () => {
  const db = firstDatabase({ env });
  await startListening(db, of.accountId, "earlier");
  const late = interposed(env.DB, async (end, sql) => {
    if (sql.some((text) => text.startsWith("DELETE"))) await startListening(db, of.accountId, "later");
    return end();
  });
  await stopListening(firstDatabase({ env: { DB: late } }), of.accountId);
  expect(await noted()).toBe(1);
  await stopListening(db, of.accountId);
  expect(await noted()).toBe(0);
});
