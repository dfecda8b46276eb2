import type { EventDetail, EventName } from "../lib/emit.ts";
import { type Instance, LEFT_BEHIND, type Settings, type Told } from "../lib/instance.ts";
import { fetchApp, load, open } from "./load.ts";
import { watch } from "./triggers.ts";
import { createWidget, placeWidget } from "./widget.ts";

/**
 * `window.foyer`. Each call may name a form by its id; without one it means every form of the page. What a widget is
 * told before its app is there, or before its script tag is, it hears later; `open` is for those that are there.
 */
export interface Api {
  /** Opens the popup; without a form the first one of the page. */
  open(form?: string): void;
  close(form?: string): void;
  /** Takes the widget off the page, with every listener, and forgets what the page has told it. */
  destroy(form?: string): void;
  /** Fills fields by name, where the visitor has not typed. */
  prefill(values: object, form?: string): void;
  /** Who the visitor is to the site: `id` goes with the lead as its visitor, `email`, `phone` and `name` prefill. */
  identify(person: object, form?: string): void;
  /** Changes `locale` or `theme`. */
  set(settings: Settings, form?: string): void;
  /** Calls back on an event, until the widget is destroyed. */
  on(event: EventName, heard: (detail: EventDetail) => void, form?: string): void;
  /** One queued call: `foyer.push(["open"])` works before and after the script is there. */
  push(call: Told): void;
  /** Makes the widget of a script tag, once for each form and place. */
  add(script: HTMLScriptElement): void;
}

/** Makes `window.foyer`. */
export function createApi(): Api {
  const all = new Map<string, Instance>();
  const told: Told[] = [];
  const of = (form?: string) => [...all.values()].filter((it) => !form || it.script.dataset.form === form);
  const api = {
    open(form?: string) {
      of(form).find((it) => open(it));
    },
    destroy(form?: string) {
      for (const { place, stop, host } of of(form)) {
        all.delete(place);
        stop.abort();
        host.remove();
      }
      // An empty call tells nobody anything.
      for (const call of told) if (!form || call.includes(form)) call.length = 0;
    },
    push: ([command, ...values]: Told) => (api[command as string] as (...values: unknown[]) => void)(...values),
    add(script: HTMLScriptElement) {
      const { form, mode, target, openOn = "" } = script.dataset;
      const place = `${[form, mode, target]}`;
      let it = all.get(place) as Instance;
      if (!it) {
        it = createWidget(script, place, told);
        all.set(place, it);
        watch(it, openOn);
      }
      const put = () => placeWidget(it, script);
      put();
      addEventListener("DOMContentLoaded", put, it.stop);
    },
  } as Api & Record<string, unknown>;
  for (const command of ["close", "prefill", "identify", "set", "on"]) {
    api[command] = (...values: unknown[]) => {
      const call: Told = [command, ...values];
      told.push(call);
      for (const it of of()) it.app?.tell(call);
    };
  }
  // What the visitor sent on an earlier page may still wait in the outbox, and their chat may go on. Looking whether there
  // is an entry writes nothing, and an entry exists only after somebody has sent something here; without one, nothing is
  // fetched.
  setTimeout(() => {
    try {
      if (LEFT_BEHIND.test(`${Object.keys(localStorage)}`)) {
        fetchApp().then(({ resume }) => resume(of(), load));
      }
    } catch {
      // No storage, so nothing waits there.
    }
  }, 3_000);
  return api;
}
