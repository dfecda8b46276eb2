/**
 * The API's description: puts the dialects' operations together, as index.ts does with their routes. Made when the
 * widget is built, and served as a file at /openapi.json; no part of the Worker.
 */
import * as z from "zod/mini";
import { adminApi } from "./api/admin/openapi.ts";
import { captureApi } from "./api/capture/openapi.ts";
import { crmApi } from "./api/crm/openapi.ts";
import { demoPages } from "./api/demo/openapi.ts";
import { getLeadsApi } from "./api/get-leads/openapi.ts";
import { type Caller, type Dialect, json, problemAnswer } from "./api/http/openapi.ts";
import { documentOf, type OpenApiDocument } from "./api/http/openapi-document.ts";
import type { Json } from "./api/http/openapi-schemas.ts";
import { leadSummaryApi, leadSummaryAtRoot } from "./api/lead-summary/openapi.ts";
import { oauthApi } from "./api/oauth/openapi.ts";
import { inboxSession, operatorsApi } from "./api/operators/openapi.ts";
import { orgUserApi } from "./api/org-user/openapi.ts";
import { unsortedApi } from "./api/unsorted/openapi.ts";

const stateOfAll = (status: "ok" | "failing") =>
  json(
    z.object({
      status: z.literal(status),
      databases: z.array(z.object({ number: z.int(), status: z.enum(["ok", "failing"]) })),
    }),
  );

const health: Dialect = {
  name: "health",
  description: "Whether the Worker and its databases answer.",
  base: "",
  callers: [],
  pathParameters: {},
  always: { 500: problemAnswer("The deployment lacks a secret.") },
  operations: [
    {
      method: "get",
      path: "/healthz",
      id: "getHealth",
      summary: "Ask whether everything answers",
      answers: {
        200: { description: "All do.", content: stateOfAll("ok") },
        503: { description: "A database does not.", content: stateOfAll("failing") },
      },
    },
  ],
};

const bearer = (description: string): Json => ({ type: "http", scheme: "bearer", description });

const SECURITY_SCHEMES: Record<Caller, Json> = {
  root: bearer("The deployment's root token, `FOYER_ROOT_TOKEN`: opens the admin API for every organization."),
  user_token: bearer("A user's token, made by the admin API. The scheme may be `Token` as well as `Bearer`."),
  api_key: bearer("An organization's key, made by the admin API. The scheme may be `Token` as well as `Bearer`."),
  oauth: {
    type: "oauth2",
    description: "A program's access token: it acts for the user who allowed it.",
    flows: {
      authorizationCode: {
        authorizationUrl: "/oauth2/authorize",
        tokenUrl: "/oauth2/access_token",
        refreshUrl: "/oauth2/access_token",
        scopes: { crm: "Leads, as far as the user may see and change them." },
      },
    },
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-foyer_session",
    description:
      "The session of the operators' page; over plain http its cookie is `foyer_session`. Whatever is not read needs the " +
      "header `x-csrf-token` as well.",
  },
  login: bearer("An access token that the CRM's login has given; it stands for an hour."),
  organization_key: { type: "apiKey", in: "header", name: "apikey", description: "An organization's key." },
  key_and_token: {
    type: "http",
    scheme: "basic",
    description: "An organization's key, and a token of one of its users.",
  },
  client_basic: { type: "http", scheme: "basic", description: "An integration's id and secret." },
};

const DIALECTS = [
  captureApi,
  orgUserApi,
  unsortedApi,
  crmApi,
  leadSummaryApi,
  leadSummaryAtRoot,
  getLeadsApi,
  oauthApi,
  adminApi,
  operatorsApi,
  inboxSession,
  demoPages,
  health,
];

/** The same document, to the byte, from the same sources. */
export function openApiDocument(): OpenApiDocument {
  const info = {
    title: "Foyer",
    version: "1",
    summary: "Lead capture at the edge.",
    description:
      "A visitor's form becomes exactly one lead; an organization's own programs list, pick and close the leads. Each tag " +
      "is one API over the same leads, in its own words. Answers to callers carry `x-d1-bookmark`; a GET that sends it back " +
      "reads at least what that answer knew, at whichever copy of the database is near. Without it the primary is asked.",
    license: { name: "MIT", identifier: "MIT" },
  };
  return documentOf(DIALECTS, { info }, SECURITY_SCHEMES);
}
