/**
 * That a consent was given on our page. The page's form carries a field signed over the request that the page showed, good
 * for CONSENT_TTL_MS; and a browser's own word on where a form was sent from (Sec-Fetch-Site, Origin) has to be ours. The
 * field alone could be fetched and replayed from elsewhere; the word alone says nothing of what the user has seen. No
 * cookie, so that the page works where third-party and plain-http cookies do not. Whoever sends neither header is no browser,
 * and nobody's session can be ridden by it: the password travels in the same form.
 */
import { hmac, type KeyRing, sameSecret } from "../../services/key-ring.ts";
import { isFromOurPage } from "../http/same-origin.ts";
import { REQUEST_PARAMETERS } from "./authorization-request.ts";

const CONSENT_TTL_MS = 20 * 60_000;

const signature = (keys: KeyRing, request: URLSearchParams, at: number, keyId: string): string | null =>
  hmac(keys, "consent", JSON.stringify([at, ...REQUEST_PARAMETERS.map((name) => request.get(name))]), keyId);

/** The field's value. */
export const signConsent = (keys: KeyRing, request: URLSearchParams, now: number): string =>
  `${now}.${keys.current}.${signature(keys, request, now, keys.current)}`;

/** Whether the form is the one that we showed for this request, and was sent from our page. */
export function isOurConsent(keys: KeyRing, request: Request, sent: URLSearchParams, now: number): boolean {
  if (!isFromOurPage(request)) return false;
  const [, at, keyId, signed] = /^(\d{1,15})\.([^.]+)\.([0-9a-f]{64})$/.exec(sent.get("csrf") ?? "") ?? [];
  if (at === undefined || keyId === undefined || signed === undefined) return false;
  const age = now - Number(at);
  const expected = signature(keys, sent, Number(at), keyId);
  return age >= 0 && age < CONSENT_TTL_MS && expected !== null && sameSecret(expected, signed);
}
