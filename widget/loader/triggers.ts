import type { Instance } from "../lib/instance.ts";
import { load, open } from "./load.ts";

/**
 * Waits for the visitor's intent: an inline form comes into sight, somebody reaches for a launcher or uses it.
 *
 * And follows `data-open-on`, rules separated by semicolons: `delay:8` (seconds), `scroll:50` (percent of the page) and
 * `exit` (the pointer leaves at the top) open the popup once and leave the focus alone; anything else is a selector
 * whose clicks open it.
 */
export function watch(it: Instance, rules: string): void {
  const { launcher, host, stop } = it;
  const show = () => open(it, "quietly");
  // An AbortController is as good as an options object: listeners look for its `signal`.
  const listen = (type: string, heard: (event: MouseEvent) => void) =>
    addEventListener(type, heard as EventListener, stop);
  if (launcher) {
    launcher.onpointerenter = launcher.onfocus = () => load(it);
    launcher.onclick = () => open(it, "toggle");
  } else {
    // 300 px outside the window is "about to be seen". Ends with the host: nothing else holds the observer.
    new IntersectionObserver(([entry]) => (entry as IntersectionObserverEntry).isIntersecting && load(it), {
      rootMargin: "300px",
    }).observe(host);
  }
  for (const rule of rules.split(/; */)) {
    const [on, number] = rule.split(":") as [string, number?];
    if (on === "delay") {
      stop.signal.onabort = clearTimeout.bind(null, setTimeout(show, (number as number) * 1000));
    } else if (on === "scroll") {
      listen(on, () => {
        if (scrollY * 100 >= (document.body.scrollHeight - innerHeight) * (number as number)) show();
      });
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
