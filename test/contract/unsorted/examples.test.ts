/** Every body of the document is taken as it stands, and answered in the shape of the document's own answer. */
import { describe, expect, test } from "vitest";
import ACCEPT from "../../fixtures/unsorted/accept.request.json" with { type: "json" };
import ACCEPTED from "../../fixtures/unsorted/accept.response.json" with { type: "json" };
import FORMS from "../../fixtures/unsorted/add-forms.request.json" with { type: "json" };
import FORMS_ADDED from "../../fixtures/unsorted/add-forms.response.json" with { type: "json" };
import SIP from "../../fixtures/unsorted/add-sip.request.json" with { type: "json" };
import SIP_ADDED from "../../fixtures/unsorted/add-sip.response.json" with { type: "json" };
import DECLINE from "../../fixtures/unsorted/decline.request.json" with { type: "json" };
import DECLINED from "../../fixtures/unsorted/decline.response.json" with { type: "json" };
import LINK from "../../fixtures/unsorted/link.request.json" with { type: "json" };
import LINKED from "../../fixtures/unsorted/link.response.json" with { type: "json" };
import LIST from "../../fixtures/unsorted/list.response.json" with { type: "json" };
import RETRIEVED from "../../fixtures/unsorted/retrieve.response.json" with { type: "json" };
import SUMMARY from "../../fixtures/unsorted/summary.response.json" with { type: "json" };
import { chat } from "../../support/chats.ts";
import { edge, type Tenant } from "../../support/edge.ts";
import { exampleWorld } from "./example.ts";
import { shapeOf } from "./shape.ts";
import {
  type Added,
  accept,
  decline,
  get,
  hal,
  link,
  list,
  type Page,
  post,
  retrieve,
  summary,
  UNSORTED,
} from "./v4.ts";

async function world() {
  const at = edge();
  const of = await exampleWorld(at);
  type Answer = { _total_items: number; _embedded: { unsorted: Added[] } };
  const send = async (kind: "sip" | "forms", body: unknown) => hal<Answer>(await post(at, of, kind, body));
  return { at, of, send };
}
const uidOf = (answer: { _embedded: { unsorted: Added[] } }): string => answer._embedded.unsorted[0]?.uid as string;
/** The example's answers leave the company out that its requests bring; the table documents it. */
const withCompany = <T extends { _embedded: object }>(answer: T) => ({
  ...answer,
  _embedded: { ...answer._embedded, companies: (LIST._embedded.unsorted[2]?._embedded.companies ?? []) as unknown[] },
});
const account = (of: Tenant) => expect(of.accountId).toBe(SIP_ADDED._embedded.unsorted[0]?.account_id);

describe("the document's examples", () => {
  test.each([
    ["sip", SIP, SIP_ADDED, LIST._embedded.unsorted[2]],
    ["forms", FORMS, FORMS_ADDED, LIST._embedded.unsorted[0]],
  ] as const)("a POST of %s is answered and read back as documented", async (kind, body, documented, listed) => {
    const { at, of, send } = await world();
    account(of);
    const answer = await send(kind, body);
    const [one] = documented._embedded.unsorted;
    expect(shapeOf(answer)).toEqual(shapeOf({ ...documented, _embedded: { unsorted: [one && withCompany(one)] } }));
    expect(answer._embedded.unsorted[0]?.request_id).toBe(one?.request_id);

    const read = await retrieve(at, of, uidOf(answer));
    const { metadata: sent, source_uid, source_name, pipeline_id, created_at } = body[0] as (typeof SIP)[0];
    expect(read).toMatchObject({ source_uid, source_name, pipeline_id, created_at, category: kind });
    expect(Object.keys(read)).toEqual(Object.keys(listed ?? {}));
    expect(Object.keys(read.metadata).sort()).toEqual(Object.keys(listed?.metadata ?? {}).sort());
    const { is_call_event_needed: _flag, uniq: _uniq, ...shown } = sent;
    const texts = kind === "sip" ? { duration: "54", phone: "14155551234" } : {};
    expect(read.metadata).toMatchObject({ ...shown, ...texts });
    expect(await list(at, of)).toEqual([read]);
  });

  test("the examples of sip are shown with the very values of the list's example", async () => {
    const { at, of, send } = await world();
    const { metadata } = await retrieve(at, of, uidOf(await send("sip", SIP)));
    expect(metadata).toEqual(LIST._embedded.unsorted[2]?.metadata);
  });

  test("accept, with the example's user and status", async () => {
    const { at, of, send } = await world();
    const uid = uidOf(await send("forms", FORMS));
    expect(of.agent.user_id).toBe(ACCEPT.user_id);
    const answer = await hal<typeof ACCEPTED>(await accept(at, uid, of.admin, ACCEPT));
    const flagged = [
      { id: 1, is_deleted: false, is_unsorted: false, ...LIST._embedded.unsorted[0]?._embedded.leads[0] },
    ];
    const documented = { ...ACCEPTED, _embedded: { ...ACCEPTED._embedded, companies: flagged } };
    expect(shapeOf(answer)).toEqual(shapeOf(documented));
    expect(answer).toMatchObject({ uid, category: "forms", pipeline_id: FORMS[0]?.pipeline_id });
    const read = await hal<object>(await get(at, `/api/v4/leads/${answer._embedded.leads[0]?.id}`, of.agent));
    const { user_id, status_id } = ACCEPT;
    expect(read).toMatchObject({ created_by: user_id, responsible_user_id: user_id, status_id });
  });

  test("decline, with the example's user", async () => {
    const { at, of, send } = await world();
    const uid = uidOf(await send("sip", SIP));
    const answer = await hal<typeof DECLINED>(await decline(at, uid, of.admin, DECLINE));
    expect(shapeOf(answer)).toEqual(shapeOf(DECLINED));
    expect(answer._embedded.contacts[0]).toMatchObject({ is_deleted: false, is_unsorted: false });
  });

  test("link, to the example's lead", async () => {
    const { at, of } = await world();
    const { uid } = await chat(at, of);
    const answer = await hal<typeof LINKED>(await link(at, uid, of.admin, LINK));
    const href = `https://foyer.test/api/v4/leads/${LINK.link.entity_id}`;
    const leads = [{ id: LINK.link.entity_id, _links: { self: { href } } }];
    expect(answer).toEqual({ ...LINKED, uid, _embedded: { ...LINKED._embedded, leads } });
  });

  test("a chat is shown as the document shows its chat", async () => {
    const { at, of } = await world();
    const { uid } = await chat(at, of, { metadata: RETRIEVED.metadata });
    const read = await retrieve(at, of, uid);
    expect(shapeOf(read)).toEqual(shapeOf(RETRIEVED));
    expect(read.metadata).toEqual(RETRIEVED.metadata);
  });

  test("the list has the document's keys, and the summary its own", async () => {
    const { at, of, send } = await world();
    await send("sip", SIP);
    const page = await hal<Page>(await get(at, UNSORTED, of.agent));
    expect(Object.keys(page)).toEqual(Object.keys(LIST));
    expect(page._links.self.href).toBe("https://foyer.test/api/v4/leads/unsorted");
    const counted = await summary(at, of, `?filter[pipeline_id]=${SIP[0]?.pipeline_id}`);
    expect(Object.keys(counted)).toEqual(Object.keys(SUMMARY));
    expect(shapeOf(counted.categories.sip)).toEqual(shapeOf(SUMMARY.categories.sip));
  });
});
