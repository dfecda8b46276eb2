/** Pipelines and statuses as an administrator asks for them. */
import { expect } from "vitest";
import { admin, type Edge, START, type Tenant } from "../../support/edge.ts";

export interface Status {
  id: number;
  key: string;
  name: string;
  colour: string;
  description: string;
  sort: number;
  role: string;
}
export interface Pipeline {
  id: number;
  name: string;
  sort: number;
  is_main: boolean;
  statuses: Status[];
}

export const status = (key: string, role?: string) => ({
  key,
  name: key.toUpperCase(),
  colour: "#abcdef",
  ...(role ? { role } : {}),
});
export const THREE = [status("new", "incoming"), status("open", "first"), status("done", "closed")];

export async function expectRefusal(answer: Response, status: number, detail: RegExp = /./): Promise<void> {
  expect(answer.status).toBe(status);
  const { detail: said, title } = await answer.json<{ detail?: string; title: string }>();
  expect(said ?? title).toMatch(detail);
}

/** What is asked in the tenant that the test has at the time. */
export function asking(of: () => { at: Edge; to: Tenant }) {
  const path = (rest = "") => `/organizations/${of().to.id}/pipelines${rest}`;
  const ask = (method: string, rest: string, body?: object, token = of().to.admin.token) =>
    of().at.send(method, `/admin/v1${path(rest)}`, { token, scheme: "Bearer", body });
  const all = async () => (await admin<{ results: Pipeline[] }>(of().at, "GET", path())).results;
  const make = (body: object = {}) => admin<Pipeline>(of().at, "POST", path(), { name: "Sales", ...body });
  const addStatus = (pipeline: number, body: object = {}) =>
    admin<Status>(of().at, "POST", path(`/${pipeline}/statuses`), {
      key: "demo",
      name: "Demo given",
      colour: "#112233",
      ...body,
    });

  /** A call in a pipeline, accepted into a status where one is given. @returns its uid. */
  async function call(pipeline: number, statusId?: number): Promise<string> {
    const body = [
      {
        source_uid: "line",
        source_name: "Line",
        pipeline_id: pipeline,
        metadata: {
          from: "358401",
          phone: "358402",
          called_at: START / 1000,
          duration: 1,
          service_code: crypto.randomUUID(),
          uniq: crypto.randomUUID(),
        },
        _embedded: { leads: [{ name: "Call" }] },
      },
    ];
    const options = { token: of().to.admin.token, scheme: "Bearer" };
    const added = await of().at.send("POST", "/api/v4/leads/unsorted/sip", { ...options, body });
    expect(added.status).toBe(200);
    const uid = (await added.json<{ _embedded: { unsorted: { uid: string }[] } }>())._embedded.unsorted[0]?.uid ?? "";
    if (statusId !== undefined) {
      const accepted = await of().at.send("POST", `/api/v4/leads/unsorted/${uid}/accept`, {
        ...options,
        body: { status_id: statusId },
      });
      expect(accepted.status).toBe(200);
    }
    return uid;
  }

  return { path, ask, all, make, addStatus, call };
}
