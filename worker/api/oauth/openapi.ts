/** The operations of OAuth 2.0. */
import * as z from "zod/mini";
import { OAUTH_STATE_LIMIT_CHARS } from "../../../shared/limits.ts";
import { type Answer, AWAY, type Dialect, html, json, named, RETRY_AFTER, said } from "../http/openapi.ts";
import type { REQUEST_PARAMETERS } from "./authorization-request.ts";
import { OAuthProblem, Tokens } from "./bodies.ts";

named({ OAuthProblem, OAuthTokens: Tokens });

const problem = (description: string, headers?: Answer["headers"]): Answer => ({
  description,
  content: { "application/problem+json": OAuthProblem },
  ...(headers ? { headers } : {}),
});
const page = (description: string, headers?: Answer["headers"]): Answer => ({
  description,
  content: html,
  ...(headers ? { headers } : {}),
});

/** What `parseRequest` reads. */
const AuthorizationQuery = z.object({
  client_id: said("The integration's id.", z.uuid()),
  redirect_uri: z.optional(said("The registered one, to the letter.", z.url())),
  response_type: z.literal("code"),
  state: z.optional(z.string().check(z.maxLength(OAUTH_STATE_LIMIT_CHARS))),
  scope: z.optional(z.literal("crm")),
  code_challenge: z.optional(z.string().check(z.regex(/^[\w-]{43}$/))),
  code_challenge_method: z.optional(z.literal("S256")),
}) satisfies z.ZodMiniType<Partial<Record<(typeof REQUEST_PARAMETERS)[number], string>>>;

const Consent = z.extend(AuthorizationQuery, {
  csrf: said("As the page carries it.", z.string()),
  decision: z.enum(["allow", "deny"]),
  username: z.optional(z.string()),
  password: z.optional(z.string()),
});

const client = { client_id: z.optional(z.uuid()), client_secret: z.optional(z.string()) };
/** What `parseTokenRequest` reads. */
const TokenRequest = z.union([
  z.object({
    grant_type: z.literal("authorization_code"),
    ...client,
    code: z.string(),
    redirect_uri: z.optional(z.url()),
    code_verifier: z.optional(z.string()),
  }),
  z.object({ grant_type: z.literal("refresh_token"), ...client, refresh_token: z.string() }),
]);
named({ OAuthTokenRequest: TokenRequest });

const redirected: Answer = {
  description: "Back at the program's registered address, with a code or an error.",
  headers: { Location: "The registered redirect URI with `code`, or with `error` and `error_description`." },
};

export const oauthApi: Dialect = {
  name: "oauth",
  description: "OAuth 2.0 (RFC 6749, PKCE by RFC 7636) for programs that act for a user.",
  base: "/oauth2",
  callers: [],
  pathParameters: {},
  always: { 500: problem("Something went wrong on our side."), 503: problem(AWAY, RETRY_AFTER) },
  toBodies: { 413: problem("The body is too large.") },
  operations: [
    {
      method: "get",
      path: "/authorize",
      id: "askConsent",
      summary: "Ask a user to allow a program",
      query: AuthorizationQuery,
      answers: {
        200: page("The consent page."),
        302: redirected,
        400: page("It is not known whom to answer."),
      },
    },
    {
      method: "post",
      path: "/authorize",
      id: "giveConsent",
      summary: "Allow or refuse, on the consent page",
      body: { "application/x-www-form-urlencoded": Consent },
      answers: {
        302: redirected,
        400: page("It is not known whom to answer."),
        403: page("The user name or the password is wrong, or the form was not sent from our page."),
        429: page("Too many attempts.", { "Retry-After": "Seconds to wait." }),
      },
    },
    {
      method: "post",
      path: "/access_token",
      id: "getTokens",
      summary: "Exchange a code or a refresh token for tokens",
      description: "The program's id and secret travel in the body or, form-encoded, in the Authorization header.",
      callers: ["client_basic", null],
      body: { ...json(TokenRequest), "application/x-www-form-urlencoded": TokenRequest },
      answers: {
        200: { description: "Tokens.", content: json(Tokens) },
        400: problem("The request lacks parameters, or the grant or the program's secret is not valid."),
        401: problem("The secret of the Authorization header is not valid."),
      },
    },
  ],
};
