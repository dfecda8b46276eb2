/** Phone numbers as they are compared. The numbering plans are evaluated only where a phone number came in. */
import type { CountryCode } from "libphonenumber-js";
import { Late } from "./late.ts";

export const NUMBERING_PLANS = new Late(() => import("./phone-numbers.ts"));

/**
 * @param country ISO 3166 code of where the visitor seems to be, for numbers without a country prefix.
 * @returns E.164 where the number parses, else its digits; null for none.
 */
export async function phoneKey(phone: string | null, country: string | null): Promise<string | null> {
  if (phone === null) return null;
  const { parsePhoneNumberFromString, isSupportedCountry } = await NUMBERING_PLANS.load();
  const home = country !== null && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const parsed = parsePhoneNumberFromString(phone, home);
  if (parsed?.isPossible()) return parsed.number;
  return phone.replace(/\D/g, "") || null;
}
