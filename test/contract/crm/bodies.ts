/** The writes of the CRM, and the three ways in which fields travel. */
import type { Edge, Person } from "../../support/edge.ts";
import type { Fields, Scene } from "./makers.ts";
import { hours, made } from "./makers-appointments.ts";
import { type CrmTenant, data, PREFIX, post, somebody } from "./v1.ts";

export const WRITES: readonly { path: string; fields: (scene: Scene) => Promise<Fields> }[] = [
  {
    path: "/v1/leads/create/lead/",
    fields: async () => somebody({ location: "Rīga", message: "Two doors & a “gate”" }),
  },
  { path: "/leads/update/lead/", fields: async ({ lead }) => somebody({ slug: lead.slug, status: "potential" }) },
  { path: "/leads/delete/lead/", fields: async ({ lead }) => ({ slug: lead.slug }) },
  { path: "/leads/create/leadnote/", fields: async ({ lead }) => ({ slug: lead.slug, note: "50 % off\r\n+ a gate" }) },
  {
    path: "/leads/delete/leadnote/",
    fields: async ({ at, of, lead }) => {
      const written = post(at, of, "/leads/create/leadnote/", { slug: lead.slug, note: "Two doors" });
      return { note_id: (await data<{ note_id: number }>(await written)).note_id };
    },
  },
  {
    path: "/leads/create/appointment/",
    fields: async (scene) => ({ slug: scene.lead.slug, appointment_note: "Bring keys", ...hours(scene, 24) }),
  },
  {
    path: "/leads/update/appointment/",
    fields: async (scene) => {
      const { appointment_id } = await made(scene, 48);
      return { appointment_id, appointment_status: "confirmed", ...hours(scene, 24) };
    },
  },
  {
    path: "/leads/delete/appointment/",
    fields: async (scene) => ({ appointment_id: (await made(scene, 48)).appointment_id }),
  },
];

export const ENCODINGS = ["multipart", "urlencoded", "JSON"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export function encoded(encoding: Encoding, fields: Fields): FormData | URLSearchParams | string {
  if (encoding === "JSON") return JSON.stringify(fields);
  const body = encoding === "multipart" ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
  return body;
}

/** A body as it is. */
export function sendBody(
  at: Edge,
  of: CrmTenant,
  path: string,
  body: BodyInit,
  { by = of.admin, headers = {} }: { by?: Person; headers?: Record<string, string> } = {},
): Promise<Response> {
  const all = { apikey: of.apiKey, ...headers };
  return at.send("POST", `${PREFIX}${path}`, { token: by.token, scheme: "Bearer", headers: all, body });
}

/** A multipart body, part by part. */
export const parts = (...all: string[]): string => `${all.map((part) => `--b\r\n${part}\r\n`).join("")}--b--\r\n`;
export const part = (name: string, value: string, more = ""): string =>
  `Content-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}`;
export const MULTIPART = { "content-type": "multipart/form-data; boundary=b" };
export const URLENCODED = { "content-type": "application/x-www-form-urlencoded" };
