import type { Instance } from "../lib/instance.ts";
import { load, open } from "./load.ts";

/** How far outside the window an inline form is "about to be seen". */
const NEAR = "300px";

/** Waits for the visitor's intent: an inline form comes into sight, somebody reaches for a launcher or uses it. */
export function watchIntent(it: Instance): void {
  const { launcher, host, stop } = it;
  if (launcher) {
    launcher.onpointerenter = launcher.onfocus = () => load(it);
    launcher.onclick = () => (launcher.ariaExpanded === "true" ? it.app?.close() : open(it));
    return;
  }
  const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(it), { rootMargin: NEAR });
  observer.observe(host);
  stop.signal.onabort = () => observer.disconnect();
}

/**
 * Follows `data-open-on`: rules separated by semicolons. `delay:8` (seconds), `scroll:50` (percent of the page) and
 * `exit` (the pointer leaves at the top) open the popup once and leave the focus alone; anything else is a selector
 * whose clicks open it.
 */
export function watchPage(it: Instance, rules: string): void {
  const { signal } = it.stop;
  const show = () => it.wanted || signal.aborted || open(it, true);
  const listen = (type: string, heard: (event: MouseEvent) => void) =>
    addEventListener(type, heard as EventListener, { signal });
  for (const rule of rules.split(";")) {
    const [on, number] = rule.trim().split(":") as [string, number?];
    if (on === "delay") setTimeout(show, (number as number) * 1000);
    else if (on === "scroll") {
      const { documentElement: page } = document;
      listen(on, () => scrollY * 100 >= (page.scrollHeight - innerHeight) * (number as number) && show());
    } else if (on === "exit") listen("mouseout", (event) => event.relatedTarget || event.clientY > 0 || show());
    else if (on) {
      listen("click", (event) => {
        if (!(event.target as Element).closest(rule)) return;
        event.preventDefault();
        open(it);
      });
    }
  }
}
