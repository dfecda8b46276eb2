import type { ComponentChildren } from "preact";
import { type Answer, answerLimit } from "../../shared/answers.ts";
import type { PublicField } from "../../shared/lead-fields.ts";
import type { Texts } from "../app/locales/en.ts";
import type { FieldProblem } from "./request.ts";
import type { FormSession } from "./session.ts";

const INPUT_TYPES = { text: "text", email: "email", phone: "tel" } as const;

/** The text for a problem: the visitor's language first, the server's words for what it has none for. */
export function problemText({ code, message }: FieldProblem, texts: Texts, field?: PublicField): string {
  const limit = code === "too_short" ? field?.min_length : field && answerLimit(field);
  return (Object.hasOwn(texts, code) ? texts[code as keyof Texts] : message || texts.type).replace("{n}", `${limit}`);
}

interface ProblemProps {
  id: string;
  text: string | undefined;
}

/** What is wrong, under what it is wrong with. */
export const Problem = ({ id, text }: ProblemProps) =>
  text ? (
    <p class="problem" part="problem" id={id}>
      {text}
    </p>
  ) : null;

interface TickProps {
  id: string;
  checked: boolean;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
  name?: string;
  enter: (value: boolean) => void;
  children: ComponentChildren;
}

/** A checkbox and its words; the whole line is the target. */
export const Tick = ({ id, checked, describedBy, invalid, required, name, enter, children }: TickProps) => (
  <label class="tick" part="label" for={id}>
    <input
      type="checkbox"
      part="checkbox"
      id={id}
      name={name}
      checked={checked}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(event) => enter(event.currentTarget.checked)}
    />
    <span>{children}</span>
  </label>
);

interface Props {
  field: PublicField;
  session: FormSession;
  texts: Texts;
}

/** One question: label, control, help, and what is wrong with the answer. Hidden fields have none of these. */
export function Field({ field, session, texts }: Props) {
  const { name, type, label, help, placeholder, required, options, autocomplete } = field;
  const { answers, problems } = session.state;
  const problem = problems[name];
  const id = `f-${name}`;
  const helpId = help && `${id}-help`;
  const problemId = problem && `${id}-problem`;
  const describedBy = [helpId, problemId].filter(Boolean).join(" ") || undefined;
  const enter = (value: Answer) => session.enter(name, value);
  const title = [label, !required && <small> {texts.optional}</small>];
  const aria = { id, name, "aria-required": required, "aria-invalid": !!problem, "aria-describedby": describedBy };
  const control = {
    ...aria,
    part: "input",
    placeholder,
    autocomplete,
    value: (answers[name] ?? "") as string,
    onInput: (event: Event) => enter((event.currentTarget as HTMLInputElement).value),
    onBlur: () => session.leave(name),
  };
  if (type === "hidden") return null;
  return (
    <div class="field" part="field">
      {type === "checkbox" ? (
        <Tick {...{ id, name, describedBy, required, enter }} checked={answers[name] === true} invalid={!!problem}>
          {title}
        </Tick>
      ) : (
        <label part="label" for={id}>
          {title}
        </label>
      )}
      {type === "textarea" ? (
        <textarea {...control} rows={3} />
      ) : type === "select" ? (
        <div class="select">
          <select {...control}>
            <option value="">{placeholder ?? texts.choose}</option>
            {options?.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </div>
      ) : type === "checkbox" ? null : (
        <input {...control} type={INPUT_TYPES[type] ?? "text"} />
      )}
      {help && (
        <p class="help" part="help" id={helpId}>
          {help}
        </p>
      )}
      <Problem id={`${id}-problem`} text={problem && problemText(problem, texts, field)} />
    </div>
  );
}
