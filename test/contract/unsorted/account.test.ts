/** What clients fill their choices from: pipelines with their statuses, users, the account. */
import { describe, expect, test } from "vitest";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { anotherPipeline } from "../../support/many-incoming.ts";
import { get, hal } from "./v4.ts";

interface Status {
  id: number;
  name: string;
  sort: number;
  type: number;
  pipeline_id: number;
}
interface Pipeline {
  id: number;
  is_main: boolean;
  is_unsorted_on: boolean;
  account_id: number;
  _embedded: { statuses: Status[] };
}
interface Pipelines {
  _total_items: number;
  _embedded: { pipelines: Pipeline[] };
}

async function world(): Promise<{ at: Edge; of: Tenant; read: <T>(path: string) => Promise<T> }> {
  const at = edge();
  const of = await tenant(at);
  return { at, of, read: async (path) => hal(await get(at, `/api/v4${path}`, of.agent)) };
}

describe("pipelines", () => {
  test("are the organization's own, in their order, each with its statuses, the incoming stage among them", async () => {
    const { at, of, read } = await world();
    await anotherPipeline(await tenant(at));
    const other = await anotherPipeline(of);
    const { _total_items, _embedded } = await read<Pipelines>("/leads/pipelines");
    expect(_total_items).toBe(2);
    const [main, second] = _embedded.pipelines as [Pipeline, Pipeline];
    expect(main).toMatchObject({ is_main: true, is_unsorted_on: true, account_id: of.accountId });
    expect(second).toMatchObject({ id: other, is_main: false });
    const { statuses } = main._embedded;
    expect(statuses.filter(({ type }) => type === 1)).toMatchObject([{ name: "New", pipeline_id: main.id }]);
    expect(statuses.map(({ name }) => name)).toEqual([
      ...["New", "Prospect", "Tentative", "Potential", "Contact", "Customer", "Closed"],
    ]);
    expect(statuses.map(({ sort }) => sort)).toEqual(statuses.map(({ sort }) => sort).toSorted((a, b) => a - b));
    expect(await read(`/leads/pipelines/${main.id}`)).toEqual(main);
    const listed = await read<{ _embedded: { statuses: Status[] } }>(`/leads/pipelines/${main.id}/statuses`);
    expect(listed._embedded.statuses).toEqual(statuses);
    expect(await read(`/leads/pipelines/${main.id}/statuses/${statuses[1]?.id}`)).toEqual(statuses[1]);
  });
});

describe("people and the account", () => {
  test("users are listed, and read by their numbers", async () => {
    const { of, read } = await world();
    const { _embedded } = await read<{ _embedded: { users: { id: number; rights: object }[] } }>("/users");
    expect(_embedded.users.map(({ id }) => id)).toEqual([of.admin.user_id, of.agent.user_id, of.otherAgent.user_id]);
    expect(_embedded.users.map(({ rights }) => rights)).toMatchObject([{ is_admin: true }, { is_admin: false }, {}]);
    const bob = await read(`/users/${of.agent.user_id}`);
    expect(bob).toEqual(_embedded.users[1]);
    expect(bob).toMatchObject({ name: "bob Doe", uuid: of.agent.id });
  });

  test("the account tells who asks", async () => {
    const { of, read } = await world();
    expect(await read("/account")).toMatchObject({ id: of.accountId, name: "Acme", current_user_id: of.agent.user_id });
  });
});
