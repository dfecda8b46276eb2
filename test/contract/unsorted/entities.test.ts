/** Leads, contacts, companies, pipelines, users and the account, as clients read them beside incoming leads. */
import { describe, expect, test } from "vitest";
import SIP from "../../fixtures/unsorted/add-sip.request.json" with { type: "json" };
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { manyIncoming } from "../../support/many-incoming.ts";
import { call } from "./bodies.ts";
import { accept, added, decline, get, hal, nothing, ORIGIN, problem, v4, waiting } from "./v4.ts";

type Body = Record<string, unknown> & { id: number; _embedded: Record<string, { id: number }[]> };
type Listed = { _page: number; _links: { next?: { href: string } }; _embedded: Record<string, Body[]> };

async function world(): Promise<{ at: Edge; of: Tenant }> {
  const at = edge();
  return { at, of: await tenant(at) };
}
const read = async (at: Edge, of: Tenant, path: string): Promise<Body> =>
  hal<Body>(await get(at, `/api/v4${path}`, of.agent));
const KINDS = ["leads", "contacts", "companies"] as const;

const EMAIL = { field_code: "EMAIL", values: [{ value: "ada@example.com", enum_code: "WORK" }] };
const sent = {
  leads: SIP[0]?._embedded.leads,
  contacts: [{ first_name: "Ada", last_name: "Lovelace", custom_fields_values: [EMAIL] }],
  companies: [{ name: "Acme Co.", custom_fields_values: [{ field_id: 5, values: [{ value: "x" }] }] }],
};
async function stored(at: Edge, of: Tenant): Promise<{ uid: string; id: number }> {
  const [one] = await added(at, of, "sip", [call({ _embedded: sent })]);
  return { uid: one?.uid as string, id: one?._embedded.leads[0]?.id as number };
}

describe("what an incoming lead brings", () => {
  test("is stored and read back: name, price, tags, custom fields, the person, the company", async () => {
    const { at, of } = await world();
    const { id } = await stored(at, of);
    const [{ name, price, custom_fields_values, _embedded } = { _embedded: { tags: [] } }] = sent.leads ?? [];
    const lead = await read(at, of, `/leads/${id}`);
    expect(lead).toMatchObject({ name, price, custom_fields_values, account_id: of.accountId });
    expect(lead._embedded.tags).toEqual(_embedded.tags);
    const contact = await read(at, of, `/contacts/${lead._embedded.contacts?.[0]?.id}`);
    expect(contact).toMatchObject({ name: "Ada Lovelace", first_name: "Ada", last_name: "Lovelace" });
    expect(contact.custom_fields_values).toMatchObject([EMAIL]);
    const company = await read(at, of, `/companies/${contact._embedded.companies?.[0]?.id}`);
    expect(company).toMatchObject({ name: "Acme Co.", custom_fields_values: sent.companies[0]?.custom_fields_values });
    expect([company._embedded.leads?.[0]?.id, company._embedded.contacts?.[0]?.id]).toEqual([lead.id, contact.id]);
  });

  test("is in no list before it is accepted, and is marked unsorted where it is read by id", async () => {
    const { at, of } = await world();
    const { uid, id } = await stored(at, of);
    for (const kind of KINDS) await nothing(await get(at, `/api/v4/${kind}`, of.agent));
    for (const kind of ["contacts", "companies"]) {
      expect(await read(at, of, `/${kind}/${id}`)).toMatchObject({ is_unsorted: true, is_deleted: false });
    }
    await accept(at, uid, of.agent);
    for (const kind of KINDS) {
      const { _page, _embedded } = await hal<Listed>(await get(at, `/api/v4/${kind}`, of.agent));
      expect(_page).toBe(1);
      expect(_embedded[kind]).toEqual([await read(at, of, `/${kind}/${id}`)]);
    }
    expect(await read(at, of, `/contacts/${id}`)).toMatchObject({ is_unsorted: false });
  });

  test("is in no list after it was declined, and is marked deleted", async () => {
    const { at, of } = await world();
    const { uid, id } = await stored(at, of);
    await decline(at, uid, of.agent);
    for (const kind of KINDS) {
      await nothing(await get(at, `/api/v4/${kind}`, of.agent));
      expect(await read(at, of, `/${kind}/${id}`)).toMatchObject({ is_deleted: true });
    }
  });

  test("links to itself under the request's own origin", async () => {
    const { at, of } = await world();
    const { id } = await stored(at, of);
    for (const kind of KINDS) {
      const { _links } = await read(at, of, `/${kind}/${id}`);
      expect(_links).toEqual({ self: { href: `${ORIGIN}/api/v4/${kind}/${id}` } });
    }
  });
});

describe("one of them by its number", () => {
  test("is 204 without a body where it is unknown or another organization's; a company is, where there is none", async () => {
    const { at, of } = await world();
    const other = await tenant(at);
    const { id: foreign } = await stored(at, other);
    const uid = await waiting(at, of);
    const own = await hal<{ _embedded: Body["_embedded"] }>(await accept(at, uid, of.agent));
    for (const kind of KINDS) {
      for (const id of [foreign, 987_654_321]) await nothing(await get(at, `/api/v4/${kind}/${id}`, of.admin));
    }
    await nothing(await get(at, `/api/v4/companies/${own._embedded.leads?.[0]?.id}`, of.agent));
    await nothing(await get(at, `/api/v4/users/${other.agent.user_id}`, of.admin));
    const { _embedded } = await hal<Listed>(await get(at, "/api/v4/leads/pipelines", other.admin));
    await nothing(await get(at, `/api/v4/leads/pipelines/${_embedded.pipelines?.[0]?.id}`, of.admin));
    await nothing(await get(at, `/api/v4/leads/pipelines/${_embedded.pipelines?.[0]?.id}/statuses`, of.admin));
  });
});

describe("lists of them", () => {
  test.each(KINDS)(
    "of %s are walked by their links without a gap, and refuse what the incoming list refuses",
    async (kind) => {
      const { at, of } = await world();
      const uids = await manyIncoming(of, { count: 7 });
      for (const uid of uids) await accept(at, uid, of.agent);
      const seen: number[][] = [];
      for (let path: string | undefined = `/api/v4/${kind}?limit=3`; path; ) {
        const page: Listed = await hal<Listed>(await v4(at, "GET", path, of.agent));
        seen.push((page._embedded[kind] ?? []).map(({ id }) => id));
        path = page._links.next?.href;
      }
      expect(seen.map(({ length }) => length)).toEqual([3, 3, 1]);
      expect(seen.flat()).toEqual(seen.flat().toSorted((a, b) => a - b));
      await nothing(await get(at, `/api/v4/${kind}?page=4&limit=3`, of.agent));
      await problem(await get(at, `/api/v4/${kind}?limit=251`, of.agent), 400);
    },
  );
});
