/** The app chunk's entry: what `foyer.js` imports when the visitor is about to see a form. See `AppModule`. */
import { render } from "preact";
import { sendUntilAnswered, waiting } from "../form/outbox.ts";
import { createSession } from "../form/session.ts";
import { emit } from "../lib/emit.ts";
import type { App, CommandName, Instance, Settings } from "../lib/instance.ts";
import css from "./app.css?inline";
import { createFrame } from "./frame.ts";
import { Panel } from "./Panel.tsx";
import { createPopup } from "./popup.ts";
import { applyTheme } from "./theme.ts";

/** Builds the form inside the instance's shadow root and starts loading it. */
export function mount(it: Instance): App {
  const { root, launcher, host, form, settings } = it;
  const { frame, live } = createFrame(it, css);
  const popup =
    launcher &&
    createPopup(it, frame as HTMLDialogElement, (open) => {
      emit(host, open ? "open" : "close", { form });
      if (open) session.see();
    });

  const session = createSession(it, (notice) => {
    const { phase, texts } = session.state;
    const label = session.state.form?.texts.title ?? texts?.title;
    if (label) frame.setAttribute("aria-label", label);
    // An inline form leaves its room to what comes after it: the page below does not jump.
    if (!popup && phase !== "loading") frame.style.minHeight = `${frame.offsetHeight}px`;
    render(<Panel session={session} close={popup?.close} />, frame);
    // By the focus where the visitor is in the form, else in words.
    const news = notice && frame.querySelector<HTMLElement>("[aria-invalid=true], .outcome h2");
    if (!news) return;
    if (frame.contains(root.activeElement)) news.focus();
    else live.textContent = news.textContent;
  });
  /** To the first field; on touch screens only into the frame, so that no keyboard covers what is to be read. */
  const focusIn = () => {
    const first = frame.querySelector<HTMLElement>("input, textarea, select, h2[tabindex]");
    (matchMedia("(pointer: coarse)").matches ? frame : (first ?? frame)).focus();
  };

  const commands: { [command in CommandName]?: (value: unknown) => void } = {
    open(quietly) {
      popup?.open(!!quietly);
      if (!popup) host.scrollIntoView({ block: "center" });
      if (!quietly) focusIn();
    },
    close: popup?.close,
    prefill: (values) => session.prefill(values as object),
    identify: (person) => session.identify(person as object),
    set(change) {
      Object.assign(settings, change as Settings);
      applyTheme(it, session.state.form);
      session.translate();
    },
    destroy: () => render(null, frame),
  };
  applyTheme(it);
  if (!popup) session.see();
  session.load().then(() => {
    applyTheme(it, session.state.form);
    if (root.activeElement === frame || root.activeElement?.matches(".close")) focusIn();
  });
  return (command, value) => commands[command]?.(value);
}

/** Sends what an earlier page could not. Settles nothing visible; repeats until answered. */
export function flush(base: string): void {
  for (const submission of waiting(base, Date.now())) sendUntilAnswered(submission, () => {});
}
