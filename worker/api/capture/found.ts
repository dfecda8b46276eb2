/** What the door of a form has found before any of its routes is asked. */
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
