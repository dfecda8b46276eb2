import type { Instance } from "../lib/instance.ts";

/** Below this the popup is a sheet over the whole width, and modal. */
const SHEET = "(max-width: 480px)";

const CHEVRON = "M6 9l6 6 6-6";

export interface Popup {
  /** Opens and takes the focus; `quietly` leaves it where it is. */
  open(quietly: boolean): void;
  /** Closes and gives the focus back to where it came from. */
  close(): void;
}

/**
 * Opening and closing of the dialog, and who has the focus then. Beside the page on large screens, so that one can read
 * on and Tab out of it; modal on phones, where it covers the page.
 * @param opened Called at each change.
 */
export function createPopup(it: Instance, dialog: HTMLDialogElement, opened: (open: boolean) => void): Popup {
  const { launcher, host, root } = it;
  let back: Element | null | undefined;
  const icon = launcher?.querySelector("path");
  const bubble = icon?.getAttribute("d") ?? "";
  const settle = () => {
    launcher?.setAttribute("aria-expanded", `${dialog.open}`);
    icon?.setAttribute("d", dialog.open ? CHEVRON : bubble);
    opened(dialog.open);
  };
  const popup: Popup = {
    open(quietly) {
      if (dialog.open) return;
      const { activeElement } = document;
      back = activeElement === host || activeElement === document.body ? launcher : activeElement;
      if (quietly) dialog.setAttribute("open", "");
      else if (matchMedia(SHEET).matches) dialog.showModal();
      else dialog.show();
      settle();
    },
    close() {
      const inside = dialog.contains(root.activeElement);
      dialog.close();
      if (inside) (back as HTMLElement | undefined)?.focus();
    },
  };
  dialog.addEventListener("close", settle);
  root.addEventListener("keydown", (event) => {
    const { key, isComposing } = event as KeyboardEvent;
    if (key !== "Escape" || isComposing || !dialog.open) return;
    event.stopPropagation();
    popup.close();
  });
  // A phone's keyboard covers the page without changing its height: the sheet stands on the keyboard.
  const view = window.visualViewport;
  const fit = () => {
    const covered = view ? innerHeight - view.height - view.offsetTop : 0;
    dialog.style.setProperty("--keyboard", `${Math.max(covered, 0)}px`);
  };
  view?.addEventListener("resize", fit, { signal: it.stop.signal });
  return popup;
}
