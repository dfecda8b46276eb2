import type { AppModule, Instance, Manner } from "../lib/instance.ts";
import { label } from "./widget.ts";

/** The tag that runs this file. Others on the page may name another version, or another server. */
export const own = document.currentScript as HTMLScriptElement | null;

/** Fetches the app chunk, which stands beside this file. */
export const fetchApp = (): Promise<AppModule> =>
  import(/* @vite-ignore */ new URL(FOYER_APP_CHUNK, (own as HTMLScriptElement).src) as unknown as string);

/**
 * Gives a widget its app. A failure is said to the visitor where the form would be had, stands in the console with its
 * reason, and the next intent tries again.
 */
export function load(it: Instance): Promise<void> {
  it.loading ??= fetchApp().then(
    ({ mount }) => {
      label(it);
      if (!it.stop.signal.aborted) it.app = mount(it);
    },
    (why) => {
      it.loading = undefined;
      label(it, it.script.dataset.failed ?? "Not available");
      throw why;
    },
  );
  return it.loading;
}

/** Opens a widget as soon as it can be. */
export const open = (it: Instance, manner?: Manner): Promise<void> => load(it).then(() => it.app?.open(manner));
