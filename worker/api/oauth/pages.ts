/** What a user sees who is sent here by a program. Everything is escaped by `html`. */
import { html } from "hono/html";
import { page } from "../http/page.ts";
import { type AuthorizationRequest, REQUEST_PARAMETERS } from "./authorization-request.ts";

/** For browsers that know no frame-ancestors: whoever consents sees where. */
const HEADERS = { "x-frame-options": "DENY" };

/** Nobody can be answered, or this user cannot go on. */
export const refusalPage = (status: number, detail: string, headers: Record<string, string> = {}): Promise<Response> =>
  page(status, "This cannot go on", html`<p>${detail}</p>`, { ...HEADERS, ...headers });

/**
 * Asks for consent and a password.
 * @param sent the request as it came: carried on, to the letter.
 * @param notice what went wrong with the last attempt.
 */
export function consentPage(
  status: number,
  request: AuthorizationRequest,
  sent: URLSearchParams,
  form: { csrf: string; username?: string; notice?: string },
  headers: Record<string, string> = {},
): Promise<Response> {
  const { integration, organization } = request.client;
  const carried = REQUEST_PARAMETERS.filter((name) => sent.has(name)).map(
    (name) => html`<input type="hidden" name="${name}" value="${sent.get(name)}">`,
  );
  const body = html`
<p><b>${integration.name}</b> asks to see and handle the leads of <b>${organization.name}</b> in your name, as far as you may
yourself, until an administrator ends it. You go on to <b>${new URL(integration.redirectUri).host}</b>.</p>
${form.notice === undefined ? "" : html`<p role="alert">${form.notice}</p>`}
<form method="post" action="/oauth2/authorize">${carried}<input type="hidden" name="csrf" value="${form.csrf}">
<label>User name <input name="username" value="${form.username ?? ""}" autocomplete="username" autocapitalize="none"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Cancel</button></form>`;
  const allHeaders = { ...HEADERS, ...headers };
  return page(status, `Allow ${integration.name}?`, body, allHeaders, formActions(integration.redirectUri));
}

/**
 * Chromium holds every redirect that follows a form to `form-action`, and a program may well send the user on from its
 * redirect URI to another site of its own: any https address may follow and, where the registered one is on the user's
 * own machine, any there.
 */
const formActions = (redirectUri: string): string =>
  `'self' https:${redirectUri.startsWith("https:") ? "" : " http://localhost:* http://127.0.0.1:*"}`;
