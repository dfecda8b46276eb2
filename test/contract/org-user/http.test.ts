/** HTTP around the operations: methods, HEAD, slashes, upper-case ids, schemes, paths that are none. */
import { describe, expect, test } from "vitest";
import { edge, type Tenant, tenant } from "../../support/edge.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { answer, get, ids, LISTS, NOT_FOUND, NOT_PERMITTED, orgLeads, patch, refused } from "./v5.ts";

describe.each(LISTS)("$list", ({ path, shown }) => {
  const scene = async () => {
    const at = edge();
    const of = await tenant(at);
    const [id] = await manyLeads(of, { count: 1, ...shown(of) });
    return { at, of, id: id as string, list: path(of), details: `${path(of)}/${id}` };
  };

  test("other methods are 405 with the allowed ones in Allow", async () => {
    const { at, of, list, details } = await scene();
    const refusedMethods = [
      ...["POST", "PUT", "PATCH", "DELETE", "OPTIONS"].map((method) => ({ method, to: list, allow: "GET, HEAD" })),
      ...["POST", "DELETE", "OPTIONS"].map((method) => ({ method, to: details, allow: "GET, HEAD, PUT, PATCH" })),
    ];
    for (const { method, to, allow } of refusedMethods) {
      const response = await at.send(method, to, { token: of.agent.token });
      expect([to, response.headers.get("allow")]).toEqual([to, allow]);
      await refused(response, 405, { detail: `Method "${method}" not allowed.` });
    }
  });

  test("HEAD has the status and headers of GET, and no body", async () => {
    const { at, of, list, details } = await scene();
    for (const address of [list, details, `${details}0`, `${list}?ordering=x`]) {
      const seen = await get(at, address, of.agent);
      const head = await at.send("HEAD", address, { token: of.agent.token });
      expect([head.status, await head.text()]).toEqual([seen.status, ""]);
      expect(head.headers.get("content-type")).toBe(seen.headers.get("content-type"));
    }
    expect((await at.send("HEAD", list)).status).toBe(401);
  });

  test("a trailing slash changes nothing", async () => {
    const { at, of, id, list, details } = await scene();
    expect(await ids(at, `${list}/`, of.agent)).toEqual([id]);
    expect(await ids(at, `${list}/?ordering=-created_at`, of.agent)).toEqual([id]);
    expect((await answer(await get(at, `${details}/`, of.agent))).id).toBe(id);
    expect(await answer(await patch(at, `${details}/`, of.agent, { is_closed: true }))).toMatchObject({
      is_closed: true,
    });
  });

  test("UUIDs may be sent in upper case and are answered in lower case", async () => {
    const { at, of, id, list, details } = await scene();
    const upper = (text: string) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (uuid) => uuid.toUpperCase());
    expect(upper(list)).not.toBe(list);
    expect(await ids(at, upper(list), of.agent)).toEqual([id]);
    const body = { assigned_user_id: of.agent.id.toUpperCase() };
    const after = await answer(await patch(at, upper(details), of.agent, body));
    expect(after).toMatchObject({ id, assigned_user_id: of.agent.id, assigned_user: { id: of.agent.id } });
  });
});

test.each(["Token", "Bearer", "token", "BEARER"])("the scheme %s carries the token", async (scheme) => {
  const at = edge();
  const of = await tenant(at);
  expect((await at.send("GET", orgLeads(of), { token: of.agent.token, scheme })).status).toBe(200);
});

test("paths that no operation has are 404 for who may go there, 403 elsewhere, 401 for strangers", async () => {
  const at = edge();
  const [of, other] = [await tenant(at), await tenant(at)];
  const paths = (at: Tenant) => [`/api/v5/orgs/${at.id}/rooms`, `${orgLeads(at)}/1/2`];
  for (const path of paths(of)) await refused(await get(at, path, of.agent), 404, NOT_FOUND);
  for (const path of paths(other)) await refused(await get(at, path, of.agent), 403, NOT_PERMITTED);
  for (const path of ["/api/v5", "/api/v5/", "/api/v5/leads", `/api/v5/users/${of.agent.id}/closed_leads`]) {
    await refused(await get(at, path, of.agent), 404, NOT_FOUND);
    expect((await at.send("GET", path)).status).toBe(401);
  }
});
