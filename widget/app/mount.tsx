/** The app chunk's entry: what `foyer.js` imports when the visitor is about to see a form. See `AppModule`. */
import { render } from "preact";
import { createSession } from "../form/session.ts";
import { type App, homeOf, type Instance } from "../lib/instance.ts";
import { createFrame } from "./frame.ts";
import { Panel } from "./Panel.tsx";
import { createPopup } from "./popup.ts";
import { applyTheme } from "./theme.ts";

/** Builds the form inside the instance's shadow root and starts loading it. */
export function mount(it: Instance): App {
  const { root, launcher, host, script, stop, told } = it;
  const frame = createFrame(it);
  const session = createSession(it, frame, () => render(<Panel session={session} close={popup?.close} />, frame));
  const popup =
    launcher &&
    createPopup(it, frame as HTMLDialogElement, (open) =>
      session.pass((sender) => sender.say(open ? "open" : "close")),
    );
  /** To the first field; on touch screens only into the frame, so that no keyboard covers what is to be read. */
  const focusIn = () => {
    const first = frame.querySelector<HTMLElement>("input, textarea, select, h2[tabindex]");
    (matchMedia("(pointer: coarse)").matches ? frame : (first ?? frame)).focus();
  };

  const app: App = {
    open(manner) {
      if (popup && !popup.open(manner)) return;
      if (!popup) host.scrollIntoView({ block: "center" });
      if (manner !== "quietly") focusIn();
    },
    tell(told) {
      if (told[0] !== "close") session.pass((sender) => sender.tell(told));
      else if (!told[1] || told[1] === script.dataset.form) popup?.close();
    },
  };
  told.forEach(app.tell);
  applyTheme(it);
  session.load().then(() => {
    applyTheme(it, session.state.form);
    if (frame.contains(root.activeElement)) focusIn();
  });
  stop.signal.addEventListener("abort", () => render(null, frame));
  return app;
}

/** Sends what an earlier page could not. */
export const flush = async (script: HTMLScriptElement): Promise<void> =>
  (await import("../form/sender.ts")).flush(homeOf(script));
