/** What is known of a person, in the forms in which it is kept, shown and compared. */
import type { PersonKey } from "../../shared/lead-fields.ts";
import type { Person } from "./lead.ts";

/** A single name splits at its last space; a name of one word is a first name. */
export function splitName(name: string): { first: string; last: string | null } {
  const at = name.lastIndexOf(" ");
  return at < 0 ? { first: name, last: null } : { first: name.slice(0, at).trim(), last: name.slice(at + 1) };
}

/** Completes what was entered: a whole name from its parts, or the parts from the whole. */
export function person(entered: Partial<Record<PersonKey, string>>): Person {
  const parts = [entered.first_name, entered.last_name].filter(Boolean).join(" ");
  const name = entered.name ?? (parts === "" ? null : parts);
  const split = entered.name !== undefined ? splitName(entered.name) : null;
  return {
    name,
    first_name: entered.first_name ?? split?.first ?? null,
    last_name: entered.last_name ?? split?.last ?? null,
    email: entered.email ?? null,
    phone: entered.phone ?? null,
    company: entered.company ?? null,
    title: entered.title ?? null,
    message: entered.message ?? null,
    location: entered.location ?? null,
  };
}

/** People write their names in any case, and so do those who look for them. */
export const nameKey = (name: string | null): string | null => name?.normalize("NFC").trim().toLowerCase() || null;

/** Mail servers may tell cases apart; people never do. */
export const emailKey = (email: string | null): string | null => (email === null ? null : email.trim().toLowerCase());
