/** The address of a lead in the CRM: the person's name, and enough chance that no look-up is needed. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const RANDOM_CHARS = 10;
const NAME_CHARS = 80;

/** @param random at least ten random bytes. @returns at most 91 characters of a-z, 0-9 and `-`, and letters of any script. */
export function slugOf(name: string | null, random: Uint8Array): string {
  const kebab = (name ?? "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, NAME_CHARS)
    .replace(/^-+|-+$/g, "");
  const tail = Array.from(random.subarray(0, RANDOM_CHARS), (byte) => ALPHABET[byte % 32]).join("");
  return `${kebab || "lead"}-${tail}`;
}
