/** What the door of a form has found before any of its routes is asked. */
import type { Context } from "hono";
import type { FormSettings } from "../../domain/form.ts";
import { inLanguage } from "../../domain/form-language.ts";
import type { loadForm } from "../../services/load-form.ts";
import type { AppEnv } from "../http/app.ts";

export type LoadedForm = NonNullable<Awaited<ReturnType<typeof loadForm>>>;

export interface CaptureEnv extends AppEnv {
  Variables: {
    loaded: LoadedForm;
    /** The visitor's languages, best first. */
    wanted: string[];
  };
}

/** The form's settings with the words that this visitor reads; for answers only, never for what is stored. */
export const worded = (c: Context<CaptureEnv>): FormSettings => inLanguage(c.var.loaded.form.settings, c.var.wanted);
