/**
 * npm `@shevernitskiy/amo`, unmodified, against the running Worker: every method that it has for incoming leads. Its error
 * classes are compiled in a way in which `instanceof` does not know them; what they carry tells them apart.
 */
import { Amo } from "@shevernitskiy/amo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { becomesChat, type ClientAccount, clientAccount } from "../../support/client-account.ts";
import { plainHttps } from "../../support/plain-https.ts";
import { type Server, startServer } from "../../support/server.ts";

let server: Server;
let account: ClientAccount;
let undo: () => void;
let amo: Amo;

beforeAll(async () => {
  server = await startServer({ vars: { FOYER_V4_RATE: "off" } });
  account = await clientAccount(server);
  undo = plainHttps(server.port);
  const code = { ...account.oauth, grant_type: "authorization_code" as const };
  amo = new Amo("127.0.0.1", code, { request_delay: 0 });
});
afterAll(async () => {
  undo?.();
  await server?.stop();
});

const sip = () => ({
  request_id: crypto.randomUUID(),
  source_uid: "a1fee7c0fc436088e64ba2e8822ba2b3",
  source_name: "Acme Co.",
  created_at: 1510261200,
  _embedded: { leads: [{ name: "Tech maintenance", price: 5000 }], contacts: [{ name: "Example contact" }] },
  metadata: {
    ...{ from: "onlinePBX", phone: "14155551234", called_at: 1510261200, duration: 54, link: "https://example.com" },
    ...{
      service_code: "CkAvbEwPam6sad",
      is_call_event_needed: true,
      uniq: crypto.randomUUID(),
      call_responsible: null,
    },
  },
});
const form = () => ({
  request_id: crypto.randomUUID(),
  source_uid: "a1fee7c0fc436088e64ba2e8822ba2b3",
  source_name: "Acme Co.",
  _embedded: { leads: [{ name: "Tech maintenance" }], contacts: [{ name: crypto.randomUUID() }] },
  metadata: {
    ...{ form_id: "f1", form_name: "Application form", form_page: "https://example.com" },
    ...{ form_sent_at: 1590830520, ip: "123.222.2.22", referer: "https://www.google.com" },
  },
});
const added = async (): Promise<string> =>
  (await amo.unsorted.addUnsortedForm([form()]))._embedded.unsorted[0]?.uid as string;

describe("@shevernitskiy/amo", () => {
  test("trades its code for tokens", async () => {
    await amo.account.getAccount();
    expect(amo.token).toMatchObject({ token_type: "Bearer", expires_in: 86_400 });
    expect(amo.token?.refresh_token).toBeTruthy();
  });

  test("addUnsortedSip, addUnsortedForm: answers are matched by request id", async () => {
    const [call, filled] = [sip(), form()];
    const sipAnswer = await amo.unsorted.addUnsortedSip([call]);
    const formAnswer = await amo.unsorted.addUnsortedForm([filled]);
    expect([sipAnswer._total_items, formAnswer._total_items]).toEqual([1, 1]);
    expect(sipAnswer._embedded.unsorted[0]).toMatchObject({
      request_id: call.request_id,
      account_id: account.accountId,
    });
    expect(formAnswer._embedded.unsorted[0]?.request_id).toBe(filled.request_id);
  });

  test("getUnsorted: with its pages, its order and both ways to write its filters", async () => {
    const uids = [await added(), await added(), await added()];
    const page = await amo.unsorted.getUnsorted({
      ...{ page: 1, limit: 2, order: { param: "created_at" as const, type: "asc" as const } },
      filter: (filter) => filter.multi("uid", uids),
    });
    expect(page._embedded.unsorted.map(({ uid }) => uid)).toEqual(uids.slice(0, 2));
    const one = await amo.unsorted.getUnsorted({ filter: (filter) => filter.single("uid", uids[2] as string) });
    expect(one._embedded.unsorted.map(({ uid }) => uid)).toEqual([uids[2]]);
    const forms = await amo.unsorted.getUnsorted({ filter: (filter) => filter.multi("category", ["forms"]) });
    expect(new Set(forms._embedded.unsorted.map(({ category }) => category))).toEqual(new Set(["forms"]));
  });

  test("getUnsorted, getUnsortedByUid: nothing there is the client's NoContentError", async () => {
    await expect(amo.unsorted.getUnsorted({ page: 99 })).rejects.toThrow(/^204 No Content/);
    await expect(amo.unsorted.getUnsortedByUid("00")).rejects.toThrow(/^204 No Content/);
  });

  test("getUnsortedByUid", async () => {
    const uid = await added();
    expect(await amo.unsorted.getUnsortedByUid(uid)).toMatchObject({ uid, category: "forms", source_name: "Acme Co." });
  });

  test("acceptUnsortedByUid, with a user and with nothing; what was accepted can be read with the client's other methods", async () => {
    const answer = await amo.unsorted.acceptUnsortedByUid(await added(), { user_id: account.userId });
    const id = answer._embedded.leads?.[0]?.id as number;
    expect(await amo.lead.getLeadById(id)).toMatchObject({ id, created_by: account.userId });
    const contactId = answer._embedded.contacts?.[0]?.id as number;
    expect(await amo.contact.getContactById(contactId)).toMatchObject({ id: contactId });
    expect((await amo.unsorted.acceptUnsortedByUid(await added())).category).toBe("forms");
  });

  test("declineUnsortedByUid", async () => {
    const uid = await added();
    expect((await amo.unsorted.declineUnsortedByUid(uid, { user_id: account.userId })).uid).toBe(uid);
    expect((await amo.unsorted.declineUnsortedByUid(await added())).category).toBe("forms");
  });

  test("linkUnsortedByUid", async () => {
    const uid = await added();
    const accepted = await amo.unsorted.acceptUnsortedByUid(await added());
    const link = { entity_id: accepted._embedded.leads?.[0]?.id as number, entity_type: "leads" };
    const notYet = { response: { status: 400, "validation-errors": [{ errors: [{ path: "category" }] }] } };
    await expect(amo.unsorted.linkUnsortedByUid(uid, { link })).rejects.toMatchObject(notYet);
    await server.kill();
    becomesChat(server, uid);
    await server.restart();
    const answer = await amo.unsorted.linkUnsortedByUid(uid, { link });
    expect(answer).toMatchObject({ uid, _embedded: { leads: [{ id: link.entity_id }] } });
  });

  test("getUnsortedSummary", async () => {
    const uid = await added();
    const { categories, ...counts } = await amo.unsorted.getUnsortedSummary();
    expect(Object.keys(counts)).toEqual(["total", "accepted", "declined", "average_sort_time"]);
    expect(categories.forms.total).toBeGreaterThan(0);
    const one = await amo.unsorted.getUnsortedSummary({ filter: (filter) => filter.multi("uid", [uid]) });
    expect(one).toMatchObject({ total: 1, accepted: 0 });
  });

  test("an error is the client's ApiError, with the problem in it", async () => {
    const body = form();
    await amo.unsorted.addUnsortedForm([body]);
    const refused = await amo.unsorted.addUnsortedForm([body]).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      response: {
        status: 400,
        "validation-errors": [{ request_id: body.request_id, errors: [{ code: "NotUnique" }] }],
      },
    });
    await expect(amo.unsorted.acceptUnsortedByUid("00")).rejects.toMatchObject({ response: { status: 404 } });
  });
});
