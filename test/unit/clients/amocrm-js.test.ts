/** npm `amocrm-js`, unmodified, against the running Worker: its generic requests, its leads, contacts and companies. */
import { Client } from "amocrm-js";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ClientAccount, clientAccount } from "../../support/client-account.ts";
import { plainHttps } from "../../support/plain-https.ts";
import { type Server, startServer } from "../../support/server.ts";

const UNSORTED = "/api/v4/leads/unsorted";
let server: Server;
let account: ClientAccount;
let undo: () => void;
let client: Client;

beforeAll(async () => {
  server = await startServer({ vars: { FOYER_V4_RATE: "off" } });
  account = await clientAccount(server);
  undo = plainHttps(server.port);
  client = new Client({ domain: "127.0.0.1", auth: account.oauth });
});
afterAll(async () => {
  undo?.();
  await server?.stop();
});

const form = () => ({
  ...{ source_uid: "s", source_name: "Acme Co." },
  _embedded: {
    leads: [{ name: "Tech maintenance" }],
    contacts: [{ name: "Ada" }],
    companies: [{ name: crypto.randomUUID() }],
  },
  metadata: { form_id: "f1", form_name: "Form", form_page: "https://example.com", form_sent_at: 1590830520 },
});
type Answer = { _embedded: { unsorted: { uid: string; _embedded: { leads: { id: number }[] } }[] } };
async function added() {
  const { data } = await client.request.post<Answer>(`${UNSORTED}/forms`, [form()]);
  const [one] = data._embedded.unsorted;
  return { uid: one?.uid as string, id: one?._embedded.leads[0]?.id as number };
}

describe("amocrm-js", () => {
  test("trades its code for tokens, and refreshes them when they have expired", async () => {
    await client.request.get("/api/v4/account");
    const first = client.token.getValue();
    expect(first).toMatchObject({ token_type: "Bearer", expires_in: 86_400 });
    await client.token.refresh();
    expect(client.token.getValue()?.refresh_token).not.toBe(first?.refresh_token);
    const { data } = await client.request.get<{ id: number }>("/api/v4/account");
    expect(data.id).toBe(account.accountId);
  });

  test("works with a long-lived token as well", async () => {
    const { code: _code, ...auth } = account.oauth;
    const other = new Client({ domain: "127.0.0.1", auth: { ...auth, bearer: account.token } });
    const { data } = await other.request.get<{ current_user_id: number }>("/api/v4/account");
    expect(data.current_user_id).toBe(account.userId);
  });

  test("its nested criteria become filters that are understood", async () => {
    const [one, two] = [await added(), await added()];
    const criteria = {
      limit: 250,
      filter: { uid: [one.uid, two.uid], category: ["forms"] },
      order: { created_at: "asc" },
    };
    const { data } = await client.request.get<Answer>(UNSORTED, criteria);
    expect(data._embedded.unsorted.map(({ uid }) => uid)).toEqual([one.uid, two.uid]);
    const summary = await client.request.get<{ total: number }>(`${UNSORTED}/summary`, { filter: { uid: one.uid } });
    expect(summary.data.total).toBe(1);
  });

  test("accepts and declines; what is empty is empty to it", async () => {
    const [one, two] = [await added(), await added()];
    const accepted = await client.request.post<{ uid: string }>(`${UNSORTED}/${one.uid}/accept`, {
      user_id: account.userId,
    });
    expect(accepted.data.uid).toBe(one.uid);
    const declined = await client.request.delete<{ uid: string }>(`${UNSORTED}/${two.uid}/decline`);
    expect(declined.data.uid).toBe(two.uid);
    const nothing = await client.request.get(UNSORTED, { page: 99 });
    expect([nothing.response.statusCode, nothing.data]).toEqual([204, {}]);
  });

  test("reads leads, contacts and companies by number, and walks their pages", async () => {
    const made = [await added(), await added(), await added()];
    for (const { uid } of made) await client.request.post(`${UNSORTED}/${uid}/accept`);
    const { id } = made[0] as { id: number };
    expect((await client.leads.getById(id))?.name).toBe("Tech maintenance");
    expect((await client.contacts.getById(id))?.name).toBe("Ada");
    expect((await client.companies.getById(id))?.id).toBe(id);
    const pagination = await client.leads.get({ limit: 2 });
    const seen = pagination.getData().map((lead) => lead.id);
    while (pagination.hasNext()) {
      await pagination.next();
      seen.push(...pagination.getData().map((lead) => lead.id));
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const each of made) expect(seen).toContain(each.id);
  });

  test("an error is the client's own, with the problem in it", async () => {
    const silent = vi.spyOn(console, "error").mockReturnValue();
    await expect(client.request.post(`${UNSORTED}/00/accept`)).rejects.toMatchObject({
      message: "API_RESPONSE_ERROR",
      data: { status: 404, title: "Not Found" },
    });
    silent.mockRestore();
  });
});
