import type { PublicField } from "../../shared/lead-fields.ts";
import { RATING_DEFAULT } from "../../shared/rare-limits.ts";
import type { Texts } from "../app/locales/en.ts";
import { phrase } from "../app/phrase.ts";
import { type FieldProps, notes } from "../form/Field.tsx";
import type { Choice } from "../form/state.ts";

/** Ratings beyond this are numbers: so many stars nobody counts. */
const STARS = 5;

/** The answers of a rating. */
export function ratings({ max }: PublicField, { rating, tag }: Texts): Choice[] {
  const of = Number(max ?? RATING_DEFAULT);
  return Array.from({ length: of }, (_, index) => {
    const n = index + 1;
    return { value: `${n}`, label: `${n}`, name: phrase(rating, { n, of }, tag) };
  });
}

/** One question with all its answers in sight: radio buttons, boxes to tick, a rating. */
export function Group({ field, session, texts }: FieldProps) {
  const { name, type, label, help, required, options } = field;
  const { answers, problems } = session.state;
  const problem = problems.get(name);
  const id = `f-${name}`;
  const answer = answers[name];
  const boxes = type === "checkboxes";
  const ticked: readonly (string | undefined)[] = Array.isArray(answer) ? answer : [answer as string | undefined];
  const choices: Choice[] = options ?? ratings(field, texts);
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      {...(boxes ? {} : { role: "radiogroup", "aria-required": required })}
      aria-invalid={!!problem}
      aria-describedby={`${id}-note ${id}-wrong`}
    >
      <legend part="label">
        {label} {required || <small>{texts.optional}</small>}
      </legend>
      <div class={type === "rating" ? (choices.length > STARS ? "scale" : "stars") : undefined}>
        {choices.map(({ value, label, name: aloud }) => (
          <label key={value} class={options && "checkbox"}>
            <input
              type={boxes ? "checkbox" : "radio"}
              name={name}
              value={value}
              checked={ticked.includes(value)}
              aria-label={aloud}
              onInput={({ currentTarget: { checked } }) =>
                session.enter(
                  name,
                  boxes
                    ? choices
                        .map((choice) => choice.value)
                        .filter((other) => (other === value ? checked : ticked.includes(other)))
                    : value,
                )
              }
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {notes(id, help, problem)}
    </fieldset>
  );
}
