import type { AppModule, Instance } from "../lib/instance.ts";

/**
 * Fetches the app chunk.
 * @param failures How often it could not be fetched: a browser remembers a failed module by its address.
 */
export const fetchApp = (base: string, failures = 0): Promise<AppModule> =>
  import(/* @vite-ignore */ `${base}${FOYER_APP_CHUNK}?${failures}`);

/** Gives a widget its app. A failure stands in the console with its reason, and the next intent tries again. */
export function load(it: Instance): Promise<void> {
  it.loading ??= fetchApp(it.base, it.failures).then(
    ({ mount }) => {
      if (!it.stop.signal.aborted) it.app = mount(it);
    },
    (why) => {
      it.loading = undefined;
      it.failures++;
      throw why;
    },
  );
  return it.loading;
}

/** Opens a widget as soon as it can be. */
export function open(it: Instance, quietly = false): void {
  it.wanted = true;
  load(it).then(() => it.app?.open(quietly));
}
