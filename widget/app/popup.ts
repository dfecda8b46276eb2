import type { Instance, Manner } from "../lib/instance.ts";

export interface Popup {
  /** @returns whether it has opened. It does not where it is open, or nobody asked and it was open before. */
  open(manner: Manner | undefined): boolean;
  /** Closes and gives the focus back to where it came from. */
  close(): void;
}

/**
 * Opening and closing of the dialog, and who has the focus then. Beside the page on large screens, so that one can read
 * on and Tab out of it; modal on phones, where it covers the page.
 * @param changed Called after each change.
 */
export function createPopup(it: Instance, dialog: HTMLDialogElement, changed: (open: boolean) => void): Popup {
  const { host, root, stop } = it;
  const launcher = it.launcher as HTMLElement;
  let back: HTMLElement | undefined;
  const settle = () => {
    const { open } = dialog;
    launcher.ariaExpanded = `${open}`;
    changed(open);
  };
  const popup: Popup = {
    open(manner) {
      if (dialog.open && manner === "toggle") popup.close();
      else if (!dialog.open && !stop.signal.aborted && (!back || manner !== "quietly")) {
        const active = document.activeElement as HTMLElement;
        back = active === host || active === document.body ? launcher : active;
        if (manner === "quietly") dialog.setAttribute("open", "");
        else if (innerWidth <= 480) dialog.showModal();
        else dialog.show();
        settle();
        return true;
      }
      return false;
    },
    close() {
      const inside = dialog.contains(root.activeElement);
      dialog.close();
      if (inside) back?.focus();
    },
  };
  launcher.ariaExpanded = "false";
  dialog.onclose = settle;
  root.addEventListener("keydown", (event) => {
    const { key, isComposing } = event as KeyboardEvent;
    if (key === "Escape" && !isComposing && dialog.open) popup.close();
  });
  return popup;
}
