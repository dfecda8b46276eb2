/** What operators hear at once of leads: those that come in by whichever way, and those that wait no longer. */
import { beforeEach, describe, expect, it, test } from "vitest";
import type { InboxFrame } from "../../../shared/chat-frames.ts";
import { inboxName } from "../../../worker/services/live.ts";
import { startListening } from "../../../worker/store/listening.ts";
import { chat } from "../../support/chats.ts";
import {
  capture,
  type Edge,
  edge,
  firstDatabase,
  form,
  lead,
  somebody,
  type Tenant,
  tenant,
} from "../../support/edge.ts";
import { deliver, mailbox, message } from "../../support/mail.ts";
import { row } from "../../support/rows.ts";
import { drop, release, suspect } from "../../support/spam.ts";
import { request } from "../unsorted/bodies.ts";
import { accept, added, decline, link, waiting } from "../unsorted/v4.ts";
import { V5_VERBS } from "../v5-verbs.ts";
import { listen, socketScene } from "./sockets.ts";

interface Told {
  inbox: string;
  frames: InboxFrame[];
}
let told: Told[];
let at: Edge;
let of: Tenant;
/** Inboxes that write down what they are told. */
const INBOXES = {
  getByName: (inbox: string) => ({
    tell: async (frames: InboxFrame[]) => {
      told.push({ inbox, frames });
    },
    signOut: async () => {},
  }),
} as unknown as Edge["env"]["INBOXES"];

beforeEach(async () => {
  told = [];
  at = edge({ INBOXES });
  of = await tenant(at);
  await startListening(firstDatabase(at), of.accountId, "somebody");
});

const heard = (): InboxFrame[] => told.flatMap(({ frames }) => frames);
const forget = () => told.splice(0);
const uidOf = async (uuid: string): Promise<string> =>
  (
    await row<{ uid: string }>(
      "SELECT uid FROM incoming_lead WHERE lead_id = (SELECT id FROM lead WHERE uuid = ?)",
      uuid,
    )
  ).uid;

describe("a lead that comes in", () => {
  it("by a form is told to its organization's inbox, once, whatever is sent again", async () => {
    const body = { submission_id: crypto.randomUUID(), visitor_id: "v", data: somebody() };
    const { id } = await (await capture(at, of.formId, body)).json<{ id: string }>();
    await capture(at, of.formId, body);
    await capture(at, of.formId, { ...body, submission_id: crypto.randomUUID() });
    const news = { id, category: "forms", name: body.data.name as string, received_at: at.clock.now };
    expect(told).toEqual([{ inbox: inboxName(0, of.accountId), frames: [{ t: "lead", lead: news }] }]);
  });

  it("by another program: many at once are one message", async () => {
    const many = Array.from({ length: 50 }, (_, n) => request({ request_id: String(n), source_uid: `s${n}` }));
    const all = await added(at, of, "forms", many);
    expect([told.length, heard().length]).toEqual([1, all.length]);
    expect(new Set(heard().map(({ t }) => t))).toEqual(new Set(["lead"]));
  });

  it("by mail, and not again where it is delivered again", async () => {
    const address = await mailbox(at, of.id);
    const mail = message({ headers: { From: "Jane Doe <jane@sender.test>", "Message-ID": "<a@sender.test>" } });
    await deliver(at, address, mail);
    await deliver(at, address, mail);
    expect(heard()).toMatchObject([{ t: "lead", lead: { category: "mail", name: "Jane Doe" } }]);
  });

  it("is not told while it is held, and is once it is released", async () => {
    const [kept, dropped] = [await suspect(at, of.formId), await suspect(at, of.formId)];
    await drop(at, of, dropped);
    expect(told).toEqual([]);
    await release(at, of, kept);
    expect(heard()).toMatchObject([{ t: "lead", lead: { id: kept, category: "forms" } }]);
  });

  it("is not told where nobody sorts it", async () => {
    const processable = await form(at, of.id, { is_processable: true });
    await lead(at, processable);
    await release(at, of, await suspect(at, processable));
    expect(told).toEqual([]);
  });
});

describe("a lead that waits no longer", () => {
  it.each([
    ["accepted", (uid: string) => accept(at, uid, of.agent)],
    ["declined", (uid: string) => decline(at, uid, of.agent)],
  ])("since it was %s, is told once", async (_what, sort) => {
    const uuid = await lead(at, of.formId);
    const uid = await uidOf(uuid);
    forget();
    await sort(uid);
    await sort(uid);
    expect(heard()).toEqual([{ t: "sorted", lead: uuid }]);
  });

  it("since it was linked", async () => {
    const target = await waiting(at, of);
    await accept(at, target, of.agent);
    const { lead_id } = await row<{ lead_id: number }>("SELECT lead_id FROM incoming_lead WHERE uid = ?", target);
    const one = await chat(at, of);
    forget();
    await link(at, one.uid, of.admin, { link: { entity_id: lead_id, entity_type: "leads" } });
    expect(heard()).toEqual([{ t: "sorted", lead: one.leadUuid }]);
  });

  it.each(["pick", "close"] as const)("since somebody's %s has accepted it; what follows is no news", async (verb) => {
    const uuid = await lead(at, of.formId);
    forget();
    await V5_VERBS.unassign(at, of, uuid);
    expect(told).toEqual([]);
    for (const each of [verb, "pick", "unassign", "close", "reopen"] as const) await V5_VERBS[each](at, of, uuid);
    expect(heard()).toEqual([{ t: "sorted", lead: uuid }]);
  });
});

describe("an inbox that does not answer", () => {
  it.each([
    [
      "at once",
      () => {
        throw new Error("overloaded");
      },
    ],
    ["later", () => Promise.reject(new Error("Network connection lost."))],
  ])("%s is nobody's failure but its own", async (_when, tell) => {
    const broken = { getByName: () => ({ tell, signOut: tell }) } as unknown as Edge["env"]["INBOXES"];
    const to = edge({ INBOXES: broken });
    const uuid = await lead(to, of.formId);
    expect((await accept(to, await uidOf(uuid), of.agent)).status).toBe(200);
    const path = `/admin/v1/organizations/${of.id}/users/${of.agent.id}`;
    expect((await to.send("PATCH", path, { token: of.admin.token, body: { is_active: false } })).status).toBe(200);
  });
});

test("an operator hears a visitor's request, and that a colleague has picked it", async () => {
  const scene = await socketScene();
  const bob = await listen(scene.at, scene.of.agent.token);
  const uuid = await lead(scene.at, scene.of.formId);
  expect(await bob.hear("lead")).toMatchObject([{ lead: { id: uuid } }]);
  await V5_VERBS.pick(scene.at, scene.of, uuid);
  expect(await bob.hear("sorted")).toEqual([{ t: "sorted", lead: uuid }]);
});
