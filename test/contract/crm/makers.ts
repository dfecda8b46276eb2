/** What makes each of the document's errors: by endpoint, then by `field: text`. */
import type { Edge, Person } from "../../support/edge.ts";
import { type CrmLead, type CrmTenant, createLead, get, post } from "./v1.ts";

export interface Scene {
  at: Edge;
  of: CrmTenant;
  /** The administrator's own. */
  lead: CrmLead;
  /** Sends fields to the endpoint, by the administrator where nobody is named. */
  send: (fields: Fields, by?: Person) => Promise<Response>;
}
export type Fields = Record<string, unknown>;
export type Maker = (scene: Scene) => Promise<Response>;
export type Makers = Record<string, Record<string, Maker>>;

/** What is sent where the document says `<status>` or `<source>`. */
export const NO_CHOICE = "no such choice";
export const NOBODY = "nobody-0123456789";

export async function sceneAt(at: Edge, of: CrmTenant, endpoint: string): Promise<Scene> {
  const [method, path] = endpoint.split(" ") as [string, string];
  const send = (fields: Fields, by: Person = of.admin) =>
    method === "GET"
      ? get(at, of, `/${path}?${new URLSearchParams(fields as Record<string, string>)}`, by)
      : post(at, of, `/${path}`, fields, by);
  return { at, of, lead: await createLead(at, of), send };
}

type Valid = (scene: Scene) => Promise<Fields>;
/** Makers of one operation: its valid fields, with something wrong about them. */
export function wrongly(valid: Valid) {
  return {
    valid,
    with:
      (over: Fields, by?: "agent"): Maker =>
      async (scene) =>
        scene.send({ ...(await valid(scene)), ...over }, by && scene.of[by]),
    without:
      (name: string): Maker =>
      async (scene) => {
        const { [name]: _, ...rest } = await valid(scene);
        return scene.send(rest);
      },
  };
}
export type Wrongly = ReturnType<typeof wrongly>;

export const longer = (limit: number): string => "x".repeat(limit + 1);
