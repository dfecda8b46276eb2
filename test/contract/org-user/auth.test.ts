/** The v5 API's doors: user tokens only, by `Token` or `Bearer`. */
import { type AuthDialect, authCases, malformedOf, type Refusal } from "../auth.case.ts";
import { NO_SUBSCRIPTION, NOT_PERMITTED, orgLeads } from "./v5.ts";

const unauthenticated = (detail: string): Refusal => ({
  status: 401,
  body: { detail },
  headers: { "www-authenticate": "Token" },
});
const NONE = unauthenticated("Authentication credentials were not provided.");
const INVALID = unauthenticated("Invalid token.");

const orgUser = (scheme: string): AuthDialect => ({
  name: `org-user, sent as ${scheme}`,
  method: "GET",
  path: orgLeads,
  ok: 200,
  headers: (secret) => ({ authorization: `${scheme} ${secret}` }),
  malformed: malformedOf(scheme),
  refusals: {
    none: NONE,
    malformed: NONE,
    wrong: INVALID,
    expired: INVALID,
    revoked: INVALID,
    "deactivated user": INVALID,
    "another tenant's": { status: 403, body: NOT_PERMITTED },
    "api key": INVALID,
    "root token": INVALID,
    lapsed: { status: 403, body: NO_SUBSCRIPTION },
  },
});

authCases(orgUser("Token"));
authCases(orgUser("Bearer"));
