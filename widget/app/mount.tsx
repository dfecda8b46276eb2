/** The app chunk's entry: what `foyer.js` imports when the visitor is about to see a form. See `AppModule`. */
import { render } from "preact";
import { createSession } from "../form/session.ts";
import { type App, CHAT_PREFIX, homeOf, type Instance, OUTBOX_PREFIX } from "../lib/instance.ts";
import { recall, recallKeys } from "../lib/storage.ts";
import { createFrame } from "./frame.ts";
import { followKeyboard } from "./keyboard.ts";
import { Panel } from "./Panel.tsx";
import { createPopup } from "./popup.ts";
import { applyTheme } from "./theme.ts";

// What forms and chats share: here, so that neither takes a request for it, under names that cost nothing.
export { problemText as P } from "../form/problems.ts";
export { createSite as S } from "../form/site.ts";
export { emit as E } from "../lib/emit.ts";
export { retryDelayMs as R } from "../lib/retry-delay.ts";
export { visitorId as V } from "../lib/visitor.ts";

/** Builds the form inside the instance's shadow root and starts loading it. */
export function mount(it: Instance): App {
  const { root, launcher, host, script, stop, told } = it;
  const frame = createFrame(it);
  followKeyboard(frame, stop.signal);
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

/** See `AppModule`. */
export async function resume(all: Instance[], load: (it: Instance) => unknown): Promise<void> {
  for (const it of all) if (recall(CHAT_PREFIX + it.script.dataset.form)) load(it);
  const [first] = all;
  if (first && recallKeys(OUTBOX_PREFIX).length) (await import("../form/sender.ts")).flush(homeOf(first.script));
}
