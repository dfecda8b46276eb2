/** Who asks for a summary: a user, or a program that holds an organization's key together with a user's token. */
import type { Context } from "hono";
import { BASIC_TOKEN, CREDENTIALS_OF, ORGANIZATION_KEY } from "../../domain/credentials.ts";
import { type Authenticated, authenticate } from "../../services/credentials.ts";
import { type AppEnv, config } from "../http/app.ts";
import { parseAuthorization, parseBasic } from "../http/authorization.ts";

/** @returns null for everything but credentials in force; of Basic ones both halves, of one organization. */
export async function callerOf<E extends AppEnv>(
  c: Context<E>,
  now: number,
): Promise<Authenticated<"user_token" | "oauth"> | null> {
  const authorization = parseAuthorization(c.req.header("authorization"));
  const authority = config(c);
  switch (authorization?.scheme) {
    case "token":
    case "bearer":
      return authenticate(authority, CREDENTIALS_OF["lead-summary"], authorization.credentials, now);
    case "basic": {
      const basic = parseBasic(authorization.credentials);
      if (basic === null) return null;
      const [key, caller] = await Promise.all([
        authenticate(authority, ORGANIZATION_KEY, basic.user, now),
        authenticate(authority, BASIC_TOKEN, basic.password, now),
      ]);
      return key !== null && key.organization.uuid === caller?.organization.uuid ? caller : null;
    }
    default:
      return null;
  }
}
