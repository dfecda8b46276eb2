import { type AppModule, addressOf, type Instance, type Manner } from "../lib/instance.ts";

/** Fetches the app chunk, which stands beside foyer.js. */
export const fetchApp = (script: HTMLScriptElement): Promise<AppModule> =>
  import(/* @vite-ignore */ addressOf(script, FOYER_APP_CHUNK));

/** Gives a widget its app. A failure stands in the console with its reason, and the next intent tries again. */
export function load(it: Instance): Promise<void> {
  it.loading ??= fetchApp(it.script).then(
    ({ mount }) => {
      if (!it.stop.signal.aborted) it.app = mount(it);
    },
    (why) => {
      it.loading = undefined;
      throw why;
    },
  );
  return it.loading;
}

/** Opens a widget as soon as it can be. */
export function open(it: Instance, manner?: Manner): void {
  load(it).then(() => it.app?.open(manner));
}
