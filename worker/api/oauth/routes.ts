/**
 * OAuth 2.0 (RFC 6749, PKCE by RFC 7636) for programs that act for a user, as clients of the v4 API know it.
 *
 *     GET, POST /authorize      the consent page, and what the user decided there
 *     POST      /access_token   a code or a refresh token for tokens; JSON or form-encoded, with or without trailing slash
 *
 * By design: whoever asks is answered at the registered redirect URI, or not at all; every user of the program's
 * organization may let it act for them; programs have a secret, PKCE comes on top where it is sent, S256 only; a failure
 * is 400 problem details, 401 where the secret came in the header. `referer` beside the code is the host to call.
 * Gap: no discovery document, no introspection, no revocation by the program itself.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { OAUTH_BODY_LIMIT_BYTES } from "../../../shared/limits.ts";
import { ACCESS_TOKEN_TTL_SECONDS } from "../../domain/oauth.ts";
import { signAccessToken } from "../../services/access-tokens.ts";
import { issueCode, redeem } from "../../services/authorization-codes.ts";
import { authenticateClient, findClient, type KnownClient } from "../../services/integrations.ts";
import { refresh } from "../../services/refresh-tokens.ts";
import { signIn } from "../../services/sign-in.ts";
import { type AppEnv, addressOf, config, contextOf, type Deps } from "../http/app.ts";
import { caught } from "../http/exception.ts";
import { type AuthorizationRequest, parseRequest, type RequestFailure, replyUrl } from "./authorization-request.ts";
import type { Tokens } from "./bodies.ts";
import { isOurConsent, signConsent } from "./csrf.ts";
import { grantProblem, malformed, problem, unsupportedGrant } from "./errors.ts";
import { consentPage, refusalPage } from "./pages.ts";
import { parseTokenRequest, type TokenRequest } from "./token-request.ts";

type C = Context<AppEnv>;

export function oauthRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ strict: false });
  const tooLarge = () => problem(413, `At most ${OAUTH_BODY_LIMIT_BYTES} bytes are taken`, "The request is too large.");
  app.use(bodyLimit({ maxSize: OAUTH_BODY_LIMIT_BYTES, onError: tooLarge }));

  app.get("/authorize", async (c) => {
    const sent = new URL(c.req.url).searchParams;
    const request = await parseRequest(sent, (id) => findClient(config(c).databases, id));
    if (!request.ok) return refuse(c, request.failure);
    return consentPage(200, request.value, sent, { csrf: signConsent(config(c).keys, sent, deps.now()) });
  });
  app.post("/authorize", async (c) => {
    const sent = new URLSearchParams(await bodyText(c));
    const request = await parseRequest(sent, (id) => findClient(config(c).databases, id));
    if (!request.ok) return refuse(c, request.failure);
    if (!isOurConsent(config(c).keys, c.req.raw, sent, deps.now())) {
      return refusalPage(
        403,
        "This page is too old, or was not sent from here. Go back to the program and start again.",
      );
    }
    return decide(c, deps, request.value, sent);
  });
  app.post("/access_token", async (c) => {
    const response = await tokens(c, deps);
    // Clients set their clocks by it.
    response.headers.set("date", new Date(deps.now()).toUTCString());
    return response;
  });

  const notAllowed = (allow: string) => () =>
    problem(405, `Allowed: ${allow}`, "Wrong method.", { headers: { allow } });
  app.all("/authorize", notAllowed("GET, HEAD, POST"));
  app.all("/access_token", notAllowed("POST"));
  app.all("*", () => problem(404, "There is no such address", "Not found."));
  app.onError((error, c) => {
    const { status, text, headers } = caught(error, c);
    return problem(status, "Try again later", text, { headers });
  });
  return app;
}

const contextFor = (c: C, deps: Deps, client: KnownClient) => contextOf(c, deps, { kind: "system" }, client.db);

/** Not text(): the runtime warns of forms read so. */
const bodyText = async (c: C): Promise<string> => new TextDecoder().decode(await c.req.arrayBuffer());

/** A plain redirect, which forgets what was posted. */
function redirect(c: C, location: string): Response {
  c.header("cache-control", "no-store");
  c.header("referrer-policy", "no-referrer");
  return c.redirect(location, 302);
}

function refuse(c: C, failure: RequestFailure): Response | Promise<Response> {
  if (failure.kind === "page") return refusalPage(400, failure.detail);
  return redirect(c, replyUrl(failure.to, { error: failure.error, error_description: failure.detail }));
}

async function decide(c: C, deps: Deps, request: AuthorizationRequest, sent: URLSearchParams): Promise<Response> {
  const { client, scopes, challenge, isRedirectNamed } = request;
  if (sent.get("decision") === "deny") {
    return redirect(c, replyUrl(request, { error: "access_denied", error_description: "The user said no." }));
  }
  const ctx = contextFor(c, deps, client);
  const username = sent.get("username") ?? "";
  const attempt = { username, password: sent.get("password") ?? "", address: addressOf(c.req.raw) };
  const user = await signIn(ctx, client.organization.id, attempt);
  if (!user.ok) {
    const again = { csrf: signConsent(ctx.keys, sent, ctx.now), username };
    if (user.failure.kind === "wrong") {
      return consentPage(403, request, sent, { ...again, notice: "User name or password is wrong." });
    }
    const wait = String(user.failure.retryAfterSeconds);
    const notice = `Too many attempts. Try again in ${wait} seconds.`;
    return consentPage(429, request, sent, { ...again, notice }, { "retry-after": wait });
  }
  const consent = { user: user.value, scopes, challenge, isRedirectNamed };
  const made = await issueCode(ctx, client.organization.id, client.integration.id, consent);
  if (!made.ok) return refusalPage(400, "The program that sent you here was removed.");
  const referer = new URL(c.req.url).host;
  return redirect(c, replyUrl(request, { code: made.value.code, referer, client_id: client.integration.id }));
}

async function tokens(c: C, deps: Deps): Promise<Response> {
  const type = c.req.header("content-type") ?? "";
  const request = parseTokenRequest(await bodyText(c), type, c.req.header("authorization"));
  if (!request.ok) return malformed(request.failure);
  const { clientId, clientSecret, isBasic } = request.value;
  const client = await authenticateClient(config(c), clientId.toLowerCase(), clientSecret);
  if (!client.ok) return grantProblem(client.failure, isBasic);
  return exchange(c, deps, client.value, request.value);
}

async function exchange(c: C, deps: Deps, client: KnownClient, { get, isBasic }: TokenRequest): Promise<Response> {
  const ctx = contextFor(c, deps, client);
  const grantType = get("grant_type");
  if (grantType === null) return malformed("Parameter grant_type is missing");
  if (grantType !== "authorization_code" && grantType !== "refresh_token") return unsupportedGrant();
  const secret = get(grantType === "refresh_token" ? "refresh_token" : "code");
  if (secret === null) return malformed("Parameter code or refresh_token is missing");
  const issued =
    grantType === "refresh_token"
      ? await refresh(ctx, client, secret)
      : await redeem(ctx, client, { code: secret, redirectUri: get("redirect_uri"), verifier: get("code_verifier") });
  if (!issued.ok) return grantProblem(issued.failure, isBasic);
  const { grant, refreshToken } = issued.value;
  c.header("cache-control", "no-store");
  c.header("pragma", "no-cache");
  const body: Tokens = {
    token_type: "Bearer",
    expires_in: ACCESS_TOKEN_TTL_SECONDS,
    server_time: Math.floor(ctx.now / 1000),
    access_token: await signAccessToken(config(c).jwtKeys, grant, ctx.newId(), ctx.now),
    refresh_token: refreshToken,
  };
  return c.json(body);
}
