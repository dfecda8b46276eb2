import type { Instance } from "../lib/instance.ts";

/**
 * Tells the visitor of a problem or an outcome: by the focus where they are in the form, else in words, so that nobody
 * is pulled away from what they do.
 * @returns to be called before the change is drawn, since what has the focus may go; gives what to call after it.
 */
export function createNotice({ root }: Instance, frame: HTMLElement): () => () => void {
  const live = document.createElement("div");
  live.className = "unseen";
  live.role = "status";
  root.append(live);
  return () => {
    const inside = frame.contains(root.activeElement);
    return () => {
      live.lang = (frame.firstElementChild as HTMLElement).lang;
      const news = frame.querySelector<HTMLElement>("[aria-invalid=true], .outcome h2");
      if (inside) news?.focus();
      else if (news) live.textContent = news.textContent;
    };
  };
}
