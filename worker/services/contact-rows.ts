/** A person as a contact is kept: the words, and the keys by which people are found. */
import type { Person } from "../domain/lead.ts";
import { emailKey, nameKey } from "../domain/person.ts";
import type { NewContact } from "../store/capture.ts";
import { phoneKey } from "./phone.ts";

export type PersonKeys = Pick<NewContact, "first_name_key" | "last_name_key" | "email_key" | "phone_key">;

/** @param country ISO 3166 code of where the person seems to be: what phone numbers without a prefix are read by. */
export async function keysOf(
  who: Pick<Person, "first_name" | "last_name" | "email" | "phone">,
  country: string | null,
): Promise<PersonKeys> {
  return {
    first_name_key: nameKey(who.first_name),
    last_name_key: nameKey(who.last_name),
    email_key: emailKey(who.email),
    phone_key: await phoneKey(who.phone, country),
  };
}

export async function contactRow(
  leadUuid: string,
  { message: _ofTheLead, ...who }: Person,
  at: number,
  more: { country?: string | null; custom_fields?: unknown[]; company_custom_fields?: unknown[] } = {},
): Promise<NewContact> {
  const { country = null, custom_fields = null, company_custom_fields = null } = more;
  const keys = await keysOf(who, country);
  return { lead_uuid: leadUuid, ...who, ...keys, custom_fields, company_custom_fields, at };
}
