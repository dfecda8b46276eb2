/** The v4 API's doors: a user's token or a program's, by `Bearer` or `Token`. Programs' tokens: see test/contract/oauth. */
import { type AuthDialect, authCases, malformedOf, type Refusal, refusedAlike } from "../auth.case.ts";
import { UNSORTED } from "./v4.ts";

const problem = (status: number, title: string, detail: string): Refusal => ({
  status,
  body: { title, type: `https://httpstatus.es/${status}`, status, detail },
  headers: { "content-type": "application/problem+json" },
});
const REFUSED = problem(401, "Unauthorized", "The user is not authorized.");

const unsorted = (scheme: string): AuthDialect => ({
  name: `unsorted, sent as ${scheme}`,
  method: "GET",
  path: () => UNSORTED,
  // Nothing waits.
  ok: 204,
  headers: (secret) => ({ authorization: `${scheme} ${secret}` }),
  malformed: malformedOf(scheme),
  refusals: {
    ...refusedAlike(REFUSED),
    "another tenant's": { skip: "no address names an organization; another's ids are 204: see retrieve and entities" },
    "api key": REFUSED,
    lapsed: problem(402, "Payment Required", "The account has no active subscription."),
  },
});

authCases(unsorted("Bearer"));
authCases(unsorted("Token"));
