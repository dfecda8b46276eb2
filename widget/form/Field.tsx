import type { ComponentChildren, JSX } from "preact";
import type { PublicField } from "../../shared/lead-fields.ts";
import type { Texts } from "../app/locales/en.ts";
import type { FormSession } from "./state.ts";

export interface FieldProps {
  field: PublicField;
  session: FormSession;
  texts: Texts;
  /** Comes after the label. */
  children?: ComponentChildren;
  /** What the control has beside, or instead. */
  more?: JSX.IntrinsicElements["input"];
}

/** Help and problem, below the control that is described by them. */
export const notes = (id: string, help: string | undefined, problem: string | undefined) => [
  help && (
    <p class="note" id={`${id}-note`}>
      {help}
    </p>
  ),
  problem && (
    <p class="note wrong" id={`${id}-wrong`}>
      {problem}
    </p>
  ),
];

/** One question: label, control, help, and what is wrong with the answer. */
export function Field({ field, session, texts, children, more }: FieldProps) {
  const { name, type, label, help, placeholder, required, options, autocomplete } = field;
  const { answers, problems } = session.state;
  const problem = problems.get(name);
  const id = `f-${name}`;
  const tick = type === "checkbox";
  const answer = answers[name] ?? "";
  const Control = (type === "textarea" || type === "select" ? type : "input") as "input";
  const control = (
    <Control
      id={id}
      name={name}
      part="input"
      type={(type === "phone" ? "tel" : type) as "text"}
      placeholder={placeholder}
      autocomplete={autocomplete}
      aria-required={required}
      aria-invalid={!!problem}
      aria-describedby={`${id}-note ${id}-wrong`}
      checked={answer === true}
      value={answer as string}
      onInput={({ currentTarget }) => session.enter(name, tick ? currentTarget.checked : currentTarget.value)}
      onBlur={() => session.pass((sender) => sender.left(name))}
      {...more}
    >
      {options &&
        [{ value: "", label: placeholder ?? texts.choose }, ...options].map((option) => (
          <option value={option.value}>{option.label}</option>
        ))}
    </Control>
  );
  return (
    <div>
      <label class={type} part="label" for={id}>
        {tick && control}
        <span>
          {label} {required || <small>{texts.optional}</small>} {children}
        </span>
      </label>
      {tick || control}
      {notes(id, help, problem)}
    </div>
  );
}
