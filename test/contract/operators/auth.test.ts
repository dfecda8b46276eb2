/** The operators' doors: a user's token, by `Bearer` or `Token`. The page's session: see session.test.ts. */
import { type AuthDialect, authCases, malformedOf, type Refusal, refusedAlike } from "../auth.case.ts";
import { OPERATORS } from "./operators.ts";

const problem = (status: number, kind: string, title: string, more: object = {}): Refusal => ({
  status,
  body: { type: `urn:foyer:problem:${kind}`, title, status, ...more },
  headers: { "content-type": "application/problem+json" },
});
const REFUSED = problem(401, "unauthenticated", "Credentials are missing, wrong or expired.");
const FORBIDDEN = "These credentials may not do this.";

const operators = (scheme: string): AuthDialect => ({
  name: `operators, sent as ${scheme}`,
  method: "GET",
  path: () => `${OPERATORS}/rooms`,
  ok: 200,
  headers: (secret) => ({ authorization: `${scheme} ${secret}` }),
  malformed: malformedOf(scheme),
  refusals: {
    ...refusedAlike(REFUSED),
    "another tenant's": { skip: "no address names an organization; another's rooms are not found: see rooms" },
    "api key": REFUSED,
    "root token": problem(403, "forbidden", FORBIDDEN),
    lapsed: problem(403, "forbidden", FORBIDDEN, { detail: "The organization has no active subscription." }),
  },
});

authCases(operators("Bearer"));
authCases(operators("Token"));
