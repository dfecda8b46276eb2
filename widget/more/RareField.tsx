import type { PublicField } from "../../shared/lead-fields.ts";
import { Field, type FieldProps } from "../form/Field.tsx";
import { Group } from "./Group.tsx";

/** What a date or a time holds that was begun and not finished: browsers keep that to themselves. */
const UNFINISHED = "?";

/** A field of any kind, the common ones too. */
export function RareField(props: FieldProps) {
  const { field, session } = props;
  const { type } = field;
  if (type === "radio" || type === "checkboxes" || type === "rating") return <Group {...props} />;
  return <Field {...props} more={type === "date" || type === "time" ? whenProps(field, session) : TYPED[type]} />;
}

/** Texts with a keyboard of their own. A number stays a text: what a number input does not take, nobody could judge. */
const TYPED: { [type in PublicField["type"]]?: FieldProps["more"] } = {
  number: { type: "text", inputMode: "decimal" },
  // The browser's own `url` would refuse an address without its scheme.
  url: { type: "text", inputMode: "url" },
};

function whenProps({ name, min, max }: PublicField, session: FieldProps["session"]): FieldProps["more"] {
  const answer = session.state.answers[name];
  return {
    min,
    max,
    ...(answer === UNFINISHED ? { value: undefined } : {}),
    onBlur({ currentTarget: { validity, value } }) {
      const entered = validity.badInput ? UNFINISHED : value;
      if (entered !== (session.state.answers[name] ?? "")) session.enter(name, entered);
      session.pass((sender) => sender.left(name));
    },
  };
}
