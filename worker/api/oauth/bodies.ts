/** What programs are answered, as schemas; evaluated for the API's description only. */
import * as z from "zod/mini";
import { said } from "../http/openapi.ts";

export const Tokens = z.object({
  token_type: z.literal("Bearer"),
  expires_in: said("Seconds.", z.int()),
  server_time: said("Seconds since 1970.", z.int()),
  access_token: z.string(),
  refresh_token: z.string(),
});
export type Tokens = z.infer<typeof Tokens>;

/** Problem details in the v4 API's words; `error` as in RFC 6749, section 5.2. */
export const OAuthProblem = z.object({
  hint: z.string(),
  title: z.string(),
  type: z.url(),
  status: z.int(),
  detail: z.string(),
  error: z.optional(z.enum(["invalid_request", "invalid_client", "invalid_grant", "unsupported_grant_type"])),
});
export type OAuthProblem = z.infer<typeof OAuthProblem>;
