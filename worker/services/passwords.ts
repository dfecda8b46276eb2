/** Passwords at rest: scrypt with a salt of its own each, its costs written beside it so that they can be raised. */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

// 16 MiB and about 60 ms: what a Worker's memory and time allow, and above OWASP's smallest recommended set for p = 5.
const COST = { N: 2 ** 14, r: 8, p: 5 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** @returns `scrypt$N$r$p$salt$hash`, base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, base64(salt), base64(hash)].join("$");
}

/** What nobody's password is compared with, so that it takes just as long. */
const NOBODY: { costs: typeof COST; salt: Uint8Array; hash: Uint8Array } = {
  costs: COST,
  salt: new Uint8Array(SALT_BYTES),
  hash: new Uint8Array(HASH_BYTES),
};

/** @param stored of {@link hashPassword}, or null for nobody's: then false, after the same work. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const known = stored === null ? null : parse(stored);
  const { costs, salt, hash } = known ?? NOBODY;
  const isEqual = timingSafeEqual(await derive(password, salt, costs), hash);
  return known !== null && isEqual;
}

function parse(stored: string): typeof NOBODY | null {
  const [scheme, N, r, p, salt, hash] = stored.split("$");
  if (scheme !== "scrypt" || !salt || !hash) return null;
  return { costs: { N: Number(N), r: Number(r), p: Number(p) }, salt: bytes(salt), hash: bytes(hash) };
}

const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

function derive(password: string, salt: Uint8Array, costs: typeof COST): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, HASH_BYTES, { ...costs, maxmem: 64 * 1024 * 1024 }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}
