/** What the site says of a form or a chat, and what it knows of the visitor. */
import { applyTheme } from "../app/theme.ts";
import type { EventDetail } from "../lib/emit.ts";
import type { Told } from "../lib/instance.ts";
import { arrival } from "../lib/page-context.ts";
import type { Given } from "./prefill.ts";
import type { FormCore } from "./state.ts";

export interface Site {
  /** There once the site has said something of the visitor. */
  given?: Given;
  /** Fills what the visitor has not touched, where anything is known. */
  fill(): Promise<void>;
  /** Does what the site says, where it is for this form. */
  tell(told: Told): void;
}

/**
 * @param touched The names of what is the visitor's own.
 * @param translated Called when the words have changed.
 */
export function createSite(core: FormCore, touched: Set<string>, translated: () => void): Site {
  const { it, state } = core;
  const { host, script } = it;
  const { dataset } = script;
  const site: Site = {
    async fill() {
      if (!state.form || !(site.given || /[?&]foyer_|data-prefill-/.test(arrival() + location.href + script.outerHTML)))
        return;
      (await import("./prefill.ts")).prefill(core, touched, site.given);
      core.become({});
    },
    tell([command, value, hear, last]) {
      const form = command === "on" ? last : hear;
      if (form && form !== dataset.form) return;
      if (command === "on") {
        host.addEventListener(`foyer:${value}`, (event) =>
          (hear as (detail: EventDetail) => void)((event as CustomEvent<EventDetail>).detail),
        );
      } else if (command === "set") {
        Object.assign(dataset, value);
        core.translate().then(() => {
          applyTheme(it, state.form);
          translated();
        });
      } else {
        site.given ??= { prefill: {}, identify: {} };
        Object.assign(site.given[command as keyof Given], value);
        site.fill();
      }
    },
  };
  return site;
}
