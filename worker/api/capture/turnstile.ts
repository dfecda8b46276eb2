/** Whom to ask about the tokens of a form. */
import type { FormSettings } from "../../domain/form.ts";
import type { Env } from "../../env.ts";
import type { TurnstileAccount } from "../../services/turnstile.ts";
import { config, type Deps } from "../http/app.ts";

/** null: the form has no site key, or the deployment has lost its secret; then a proof of work is as good. */
export function turnstileOf(c: { env: Env }, deps: Deps, settings: FormSettings): TurnstileAccount | null {
  const siteKey = settings.turnstile_site_key;
  const { url, secrets } = config(c).turnstile;
  const secret = siteKey ? secrets.get(siteKey) : undefined;
  return siteKey && secret ? { siteKey, secret, url, fetch: deps.fetch ?? fetch } : null;
}
