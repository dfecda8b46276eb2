/** The address that an organization's mail comes to. */
import type { Hono } from "hono";
import * as z from "zod/mini";
import { MAIL_ADDRESS_OVERLAP_LIMIT_DAYS } from "../../../shared/limits.ts";
import { getMailAddress, type MailAddress, rotateMailAddress } from "../../services/mail-address.ts";
import { problem } from "../http/problem.ts";
import { read } from "../http/requests.ts";
import type { AdminEnv, ContextFor } from "./access.ts";
import type * as bodies from "./bodies.ts";

export const NewMailAddress = z.strictObject({
  /** Days that former addresses go on taking mail. */
  overlap_days: z._default(z.int().check(z.gte(0), z.lte(MAIL_ADDRESS_OVERLAP_LIMIT_DAYS)), 0),
});

/** Any domain that is routed to the Worker may follow the `@`; `lead+` may be left out. */
const mailAddressBody = ({ token, createdAt }: MailAddress): bodies.MailAddress => ({
  local_part: `lead+${token}`,
  created_at: new Date(createdAt).toISOString(),
});

export function mailAddressRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  const path = "/organizations/:organization/mail-address";
  app.get(path, async (c) => {
    const address = await getMailAddress(ctx(c), c.var.organization.id);
    return address === null ? problem("not-found") : c.json(mailAddressBody(address));
  });
  app.post(path, async (c) => {
    const input = await read(c, NewMailAddress);
    if (input instanceof Response) return input;
    return c.json(mailAddressBody(await rotateMailAddress(ctx(c), c.var.organization.id, input.overlap_days)), 201);
  });
}
