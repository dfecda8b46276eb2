/** The kinds of questions. Apart from their schemas, which who only shows a form has no use for. */
export const FIELD_TYPES = [
  "text",
  "email",
  "phone",
  "url",
  "number",
  "textarea",
  "select",
  "radio",
  "checkboxes",
  "date",
  "time",
  "rating",
  "checkbox",
  "hidden",
] as const;
/** The kinds that every form's code knows. */
export const COMMON_TYPES: readonly string[] = ["text", "email", "phone", "textarea", "select", "checkbox", "hidden"];
export type FieldType = (typeof FIELD_TYPES)[number];
