/**
 * A Foyer form in a React application: mounting adds the script tag, unmounting destroys the widget. Both may happen
 * any number of times, as they do under StrictMode. Copy this file; the types come from `foyer.d.ts`.
 */
import { useEffect, useRef } from "react";
import type { Foyer, FoyerEventDetail, FoyerScriptAttributes } from "../../widget/foyer.d.ts";

interface Props {
  /** Where Foyer is: `https://leads.example.com`. */
  server: string;
  form: string;
  /** A button with a popup, unless the form is to stand here. */
  inline?: boolean;
  theme?: FoyerScriptAttributes["data-theme"];
  onSent?: (detail: FoyerEventDetail) => void;
}

export function FoyerForm({ server, form, inline = false, theme, onSent }: Props) {
  const place = useRef<HTMLDivElement>(null);
  // Whoever listens may change without a new widget.
  const sent = useRef(onSent);
  useEffect(() => {
    sent.current = onSent;
  });

  useEffect(() => {
    const script = document.createElement("script");
    script.async = true;
    script.src = `${server}/foyer.js`;
    Object.assign(script.dataset, { form, ...(inline && { mode: "inline" }), ...(theme && { theme }) });
    place.current?.append(script);
    const hear = (event: CustomEvent<FoyerEventDetail>) => event.detail.form === form && sent.current?.(event.detail);
    document.addEventListener("foyer:sent", hear);
    return () => {
      document.removeEventListener("foyer:sent", hear);
      script.remove();
      // Unless the form has been mounted again meanwhile: that tag takes the widget over.
      const destroy = () => {
        const isWanted = document.querySelector(`script[data-form="${CSS.escape(form)}"]`);
        if (!isWanted) (window.foyer as Foyer | undefined)?.destroy?.(form);
      };
      destroy();
      // A tag that is removed before it has run still runs, and makes its widget.
      script.addEventListener("load", destroy);
    };
  }, [server, form, inline, theme]);

  return <div ref={place} />;
}
