/** A tenant whose database fails when a test says so, and whose form and credentials the Worker knows by then. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { type Edge, edge, lead, tenant } from "../../support/edge.ts";
import { type Faulty, faulty, MAYBE_RUN, NOT_RUN } from "../../support/faulty.ts";
import { type CrmTenant, withKey } from "../crm/v1.ts";

export const [LOST = ""] = MAYBE_RUN;
export const [UNREACHABLE = ""] = NOT_RUN;
export const PERSON = { first_name: "Ada", last_name: "Lovelace", email: "ada@example.org", phone: "358401234567" };

export interface Scene {
  d1: Faulty;
  at: Edge;
  of: CrmTenant;
}

/** Filled anew before each test. No pause between attempts is long in it, and no failure is printed. */
export function useFaultyScene(): Scene {
  const scene = {} as Scene;
  beforeEach(async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const d1 = faulty(env.DB);
    const at = edge({ DB: d1.db });
    const of = await withKey(at, await tenant(at));
    Object.assign(scene, { d1, at, of });
    await lead(at, of.formId);
    await list(scene);
    vi.spyOn(Math, "random").mockReturnValue(0);
    d1.heal();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return scene;
}

export const list = ({ at, of }: Scene, headers: Record<string, string> = {}) =>
  at.send("GET", `/api/v5/orgs/${of.id}/leads`, { token: of.admin.token, headers });

export async function expectAway(response: Response): Promise<void> {
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
}
