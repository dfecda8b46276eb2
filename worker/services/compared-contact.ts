/** A caller's contact as two of them are compared: e-mails in lower case, phones in E.164 where they parse. */
import { emailKey } from "../domain/person.ts";
import type { IncomingInput } from "./incoming-input.ts";
import { phoneKey } from "./phone.ts";

type Field = { field_code?: string | null; values: { value?: unknown }[] };

export async function comparedContact(contact: IncomingInput["contact"]): Promise<object> {
  return {
    ...contact,
    email: emailKey(contact.email ?? null),
    phone: await phoneKey(contact.phone ?? null, null),
    customFields: await Promise.all(((contact.customFields ?? []) as Field[]).map(comparedField)),
  };
}

async function comparedField(field: Field): Promise<Field> {
  const code = field.field_code?.toUpperCase();
  if (code !== "EMAIL" && code !== "PHONE") return field;
  const compare = code === "EMAIL" ? emailKey : (text: string) => phoneKey(text, null);
  const values = field.values.map(async (one) =>
    typeof one.value === "string" || typeof one.value === "number"
      ? { ...one, value: await compare(String(one.value)) }
      : one,
  );
  return { ...field, values: await Promise.all(values) };
}
