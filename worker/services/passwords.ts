/** Passwords at rest: scrypt with a salt of its own each, its costs written beside it so that they can be raised. */
import { randomBytes, scrypt } from "node:crypto";

// 16 MiB and about 60 ms: what a Worker's memory and time allow, and above OWASP's smallest recommended set for p = 5.
const COST = { N: 2 ** 14, r: 8, p: 5 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** @returns `scrypt$N$r$p$salt$hash`, base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password.normalize("NFKC"), salt);
  return ["scrypt", COST.N, COST.r, COST.p, base64(salt), base64(hash)].join("$");
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

function derive(password: string, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, { ...COST, maxmem: 64 * 1024 * 1024 }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}
