/**
 * The cookie of the operators' page. No script reads it, no other site sends it; over https its name says that no
 * subdomain and no plain connection can have set it.
 */
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { SESSION_TTL_SECONDS } from "../../services/login-tokens.ts";

const isSecure = (c: Context): boolean => c.req.url.startsWith("https:");
const nameOf = (c: Context): string => (isSecure(c) ? "__Host-foyer_session" : "foyer_session");

/** The session's token, or undefined. */
export const readSession = (c: Context): string | undefined => getCookie(c, nameOf(c));

/** @param token null ends it. */
export function writeSession(c: Context, token: string | null): void {
  setCookie(c, nameOf(c), token ?? "", {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: isSecure(c),
    maxAge: token === null ? 0 : SESSION_TTL_SECONDS,
  });
}
