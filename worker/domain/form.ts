/** What a site embeds, as its owner set it up. The public half goes to visitors; see shared/lead-fields.ts. */
import { COMMON_TYPES } from "../../shared/field-types.ts";
import type { PublicForm } from "../../shared/lead-fields.ts";
import type { FormSettings } from "./form-settings.ts";

export type { DuplicatePolicy, FormSettings } from "./form-settings.ts";

/** What leads are for where no form says it. */
export const DEFAULT_LEAD_TYPE = "Sales";

/** What of the organization a form is tied to. */
export interface FormTies {
  /** The user whose form it is; null: nobody's. */
  ownerUuid: string | null;
  /** Where its leads come in; null: the main pipeline, whichever that is. */
  pipelineId: number | null;
}

export interface Form extends FormTies {
  id: string;
  organizationId: number;
  settings: FormSettings;
  createdAt: number;
  updatedAt: number;
}

/** Names that programs like to fill in and people never see; the first that no field of the form has. */
const HONEYPOTS = ["homepage", "fax_number", "nickname", "second_address", "hp_field"];

export function honeypotOf(settings: FormSettings): string {
  return HONEYPOTS.find((name) => !settings.fields.some((field) => field.name === name)) ?? "hp_zz";
}

const needsMore = ({ fields, steps }: FormSettings): boolean =>
  !!steps || fields.some((field) => field.visible_if !== undefined || !COMMON_TYPES.includes(field.type));

/** What a visitor's page may know. */
export function publicForm(form: Form): PublicForm {
  const { settings } = form;
  return {
    id: form.id,
    ...(settings.locale ? { locale: settings.locale } : {}),
    mode: settings.mode,
    fields: settings.fields.map(({ maps_to: _private, ...field }) => field),
    ...(needsMore(settings) ? { needs_more: true as const } : {}),
    ...(settings.steps ? { steps: settings.steps } : {}),
    ...(settings.consent ? { consent: settings.consent } : {}),
    texts: settings.texts,
    theme: settings.theme,
    honeypot: honeypotOf(settings),
  };
}

/** Whether a page of this origin may send to the form. `undefined`: the request names none. */
export function allowsOrigin(settings: FormSettings, origin: string | undefined): boolean {
  if (origin === undefined) return settings.allow_missing_origin;
  if (origin === "null") return settings.allow_null_origin;
  return settings.allowed_origins.some((allowed) => {
    if (allowed === "*" || allowed === origin) return true;
    const [scheme, host] = allowed.split("://*.");
    return host !== undefined && origin.startsWith(`${scheme}://`) && origin.endsWith(`.${host}`);
  });
}
