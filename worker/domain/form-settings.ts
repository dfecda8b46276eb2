/** What a form's owner decides, as it is checked when it comes in. What is stored has been checked. */
import * as z from "zod/mini";
import { CONSENT_FIELD } from "../../shared/capture-api.ts";
import { FormSteps, stepsProblem } from "../../shared/form-steps.ts";
import { FormTranslations, LanguageTag, strayWords } from "../../shared/form-translations.ts";
import { FORM_MODES, FormConsent, FormFields, FormTexts, FormTheme } from "../../shared/lead-fields.ts";
import {
  ELAPSED_LIMIT_MS,
  FORM_ORIGINS_LIMIT,
  NAME_LIMIT_CHARS,
  TEXT_LIMIT_CHARS,
  URL_LIMIT_CHARS,
} from "../../shared/limits.ts";
import { DEFAULT_LEAD_TYPE } from "./form.ts";

export const DUPLICATE_POLICIES = ["identical", "contact", "off"] as const;
export type DuplicatePolicy = (typeof DUPLICATE_POLICIES)[number];

/** What the widget's visitors meet who are suspected: nothing, their leads being held, or a challenge that clears them. */
export const CHALLENGE_POLICIES = ["off", "suspected"] as const;

const ORIGIN = /^(\*|https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?|https?:\/\/\[[0-9a-f:]+\](:\d{1,5})?)$/;
const rate = () => z.nullable(z.int().check(z.gte(1), z.lte(1_000_000)));

/** Everything of a form that its owner decides, as one document. */
export const FormSettings = z
  .strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(TEXT_LIMIT_CHARS)),
    mode: z._default(z.enum(FORM_MODES), "form"),
    fields: FormFields,
    /** Pages that the form is asked in; all at once where not given. */
    steps: z.optional(z.nullable(FormSteps)),
    consent: z.optional(z.nullable(FormConsent)),
    texts: z._default(FormTexts, {}),
    /** The language of the words above; where it is not said, they are shown to whoever has no translation. */
    locale: z.optional(z.nullable(LanguageTag)),
    translations: z.optional(FormTranslations),
    theme: z._default(FormTheme, { scheme: "auto", position: "end" }),
    /** Exact origins, `https://*.host` for its subdomains, or `*`. */
    allowed_origins: z._default(
      z
        .array(z.string().check(z.regex(ORIGIN, "An origin like https://example.org, https://*.example.org, or *.")))
        .check(z.maxLength(FORM_ORIGINS_LIMIT)),
      [],
    ),
    /** Sandboxed frames and local files send the origin `null`. */
    allow_null_origin: z._default(z.boolean(), false),
    /** Programs that are not browsers, and old browsers' plain forms, send none. */
    allow_missing_origin: z._default(z.boolean(), true),
    duplicate_policy: z._default(z.enum(DUPLICATE_POLICIES), "identical"),
    /** Leads of this form are for another program: nobody sorts them, they are in no user's lists. */
    is_processable: z._default(z.boolean(), false),
    thank_you_url: z.optional(z.nullable(z.url({ protocol: /^https$/ }).check(z.maxLength(URL_LIMIT_CHARS)))),
    /** Captures a minute: of the whole form, and of one address. null: unbounded. */
    rate_limit_per_minute: z._default(rate(), 600),
    address_rate_limit_per_minute: z._default(rate(), 20),
    /** A form sent sooner than this after it was first seen is suspected. 0: never. */
    min_elapsed_ms: z._default(z.int().check(z.gte(0), z.lte(ELAPSED_LIMIT_MS)), 1_500),
    /** More links than this in an answer are suspected. */
    max_links: z._default(z.int().check(z.gte(0), z.lte(1_000)), 3),
    /** Forms of before there were challenges have none of it, which is `off`. */
    challenge: z._default(z.enum(CHALLENGE_POLICIES), "suspected"),
    /** Challenges are Turnstile's then, where the deployment has the key's secret. */
    turnstile_site_key: z.optional(z.nullable(z.string().check(z.regex(/^[\w-]+$/), z.maxLength(NAME_LIMIT_CHARS)))),
    lead_type: z._default(z.string().check(z.maxLength(NAME_LIMIT_CHARS)), DEFAULT_LEAD_TYPE),
  })
  .check(
    z.check((ctx) => {
      const { steps, fields } = ctx.value;
      const message = steps && stepsProblem(steps, fields);
      if (message) ctx.issues.push({ code: "custom", input: steps, path: ["steps"], message });
    }),
    z.refine((form) => !form.consent || !form.fields.some((field) => field.name === CONSENT_FIELD), {
      path: ["fields"],
      message: `A form with consent keeps the name "${CONSENT_FIELD}" for it.`,
    }),
    z.refine((form) => form.mode !== "chat" || form.duplicate_policy !== "contact", {
      path: ["duplicate_policy"],
      message:
        "A chat goes on with its visitor's own request, whoever else has left the same address: identical, or off.",
    }),
    z.check((ctx) => {
      for (const stray of strayWords(ctx.value)) ctx.issues.push({ code: "custom", input: ctx.value, ...stray });
    }),
  );
export type FormSettings = z.infer<typeof FormSettings>;
