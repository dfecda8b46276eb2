import { RATING_DEFAULT } from "../../shared/rare-limits.ts";
import { phrase } from "../app/phrase.ts";
import { type FieldProps, notes } from "../form/Field.tsx";

/** Ratings beyond this are numbers: so many stars nobody counts. */
const STARS = 5;

/** One question with all its answers in sight: radio buttons, boxes to tick, a rating. */
export function Group({ field, session, texts }: FieldProps) {
  const { name, type, label, help, required, options, max } = field;
  const { answers, problems } = session.state;
  const problem = problems.get(name);
  const id = `f-${name}`;
  const answer = answers[name];
  const boxes = type === "checkboxes";
  const ticked: readonly (string | undefined)[] = Array.isArray(answer) ? answer : [answer as string | undefined];
  const most = Number(max ?? RATING_DEFAULT);
  const rated = (n: string) => phrase(texts.rating, { n: Number(n), of: most }, texts.tag);
  const choices =
    options ?? Array.from({ length: most }, (_, index) => ({ value: `${index + 1}`, label: `${index + 1}` }));
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
      <div class={type === "rating" ? (most > STARS ? "scale" : "stars") : undefined}>
        {choices.map(({ value, label }) => (
          <label key={value} class={options && "checkbox"}>
            <input
              type={boxes ? "checkbox" : "radio"}
              name={name}
              value={value}
              checked={ticked.includes(value)}
              aria-label={options ? undefined : rated(value)}
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
