/** What administrators send. */
import * as z from "zod/mini";
import { NAME_LIMIT_CHARS, TEXT_LIMIT_CHARS } from "../../../shared/limits.ts";
import { ChatHours } from "../../domain/chat-hours.ts";
import { IP_POLICIES, ROLES } from "../../domain/organization.ts";

const RETENTION_DAYS_LIMIT = 36_500;
const PASSWORD_CHARS_MIN = 8;

const uuid = () =>
  z.pipe(
    z.uuid(),
    z.transform((value: string) => value.toLowerCase()),
  );
const id = () => z.optional(uuid());
const name = () => z.string().check(z.trim(), z.minLength(1), z.maxLength(TEXT_LIMIT_CHARS));
const time = () =>
  z.nullable(
    z.pipe(
      z.iso.datetime({ offset: true }),
      z.transform((value: string) => Date.parse(value)),
    ),
  );
const timeZone = () => z.string().check(z.refine(isTimeZone, "An IANA time zone, like Europe/Helsinki."));

/** Abbreviations that the runtime takes for zones and the IANA database has not: `BST` would be Bangladesh. */
const NO_IANA_ZONE =
  /^(ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST)$/i;

function isTimeZone(zone: string): boolean {
  try {
    return !NO_IANA_ZONE.test(zone) && Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

export const OrganizationPatch = z.strictObject({
  name: z.optional(name()),
  /** RFC 3339; null: no subscription. */
  subscription_until: z.optional(time()),
  time_zone: z.optional(timeZone()),
  retention_days: z.optional(z.nullable(z.int().check(z.gte(1), z.lte(RETENTION_DAYS_LIMIT)))),
  ip_policy: z.optional(z.enum(IP_POLICIES)),
  /** null: somebody is always in. */
  chat_hours: z.optional(z.nullable(ChatHours)),
});
export const NewOrganization = z.extend(OrganizationPatch, {
  id: id(),
  name: name(),
  /** The number of the database that holds it from then on. */
  database: z._default(z.int().check(z.gte(0)), 0),
});

const username = () =>
  z.string().check(z.regex(/^[\w.@+-]+$/u, "Letters, digits and . @ + - _"), z.maxLength(NAME_LIMIT_CHARS));
const password = () => z.string().check(z.minLength(PASSWORD_CHARS_MIN), z.maxLength(TEXT_LIMIT_CHARS));

export const UserPatch = z.strictObject({
  username: z.optional(username()),
  first_name: z.optional(z.string().check(z.maxLength(NAME_LIMIT_CHARS))),
  last_name: z.optional(z.string().check(z.maxLength(NAME_LIMIT_CHARS))),
  role: z.optional(z.enum(ROLES)),
  is_active: z.optional(z.boolean()),
  password: z.optional(password()),
});
export const NewUser = z.extend(UserPatch, { id: id(), username: username(), role: z.enum(ROLES) });

const credential = {
  name: z._default(z.string().check(z.maxLength(NAME_LIMIT_CHARS)), ""),
  expires_at: z.optional(time()),
};
export const NewCredential = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("user_token"), user_id: z.uuid(), ...credential }),
  z.strictObject({ kind: z.literal("api_key"), ...credential }),
]);

/** null: nobody's form, and the main pipeline; what is not given stays. */
export const FormTies = z.object({
  owner_id: z.optional(z.nullable(uuid())),
  pipeline_id: z.optional(z.nullable(z.int().check(z.gte(1)))),
});

export const NewCustomer = z.strictObject({ name: name() });

/** One lead, a person by e-mail or phone, or whatever is past the organization's retention. */
export const PurgeRequest = z.union(
  [
    z.strictObject({ lead_id: z.uuid() }),
    z.strictObject({ email: z.string().check(z.minLength(3)), phone: z.optional(z.string().check(z.minLength(3))) }),
    z.strictObject({ phone: z.string().check(z.minLength(3)) }),
    z.strictObject({ retention: z.literal(true) }),
  ],
  "Give lead_id, email and/or phone, or retention: true.",
);
