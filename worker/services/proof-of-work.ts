/**
 * Proofs of work, made and checked without keeping anything: the key that signs a challenge is derived from what it is for,
 * so that it can be answered for that form, submission and content alone. It is spent with the submission's own
 * idempotency key, which the lead's batch inserts; a challenge expires long before that key.
 */
import { createChallenge, randomInt, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/sha";
import type { Challenge } from "altcha-lib/types";
import type { ProofChallenge, Solution } from "../../shared/capture-api.ts";
import { CHALLENGE_TTL_MS, PROOF_TRIES_LIMIT } from "../../shared/limits.ts";
import type { Context } from "./context.ts";
import type { Idempotency } from "./idempotency.ts";
import { hmac, hmacs } from "./key-ring.ts";

const PURPOSE = "challenge";
/** How much of the hash the sender is told: enough that no other number gives it. */
const PREFIX_BYTES = 16;

const contentOf = ({ scope, key, content }: Idempotency): string => JSON.stringify([scope, key, content]);

/** @param note comes back with the solution, signed. */
export async function proofChallenge(ctx: Context, of: Idempotency, note: string | null): Promise<ProofChallenge> {
  const challenge = await createChallenge({
    algorithm: "SHA-256",
    cost: 1,
    // A number that exists, in a range that we choose: nobody has to search for much longer than anybody else.
    counter: randomInt(PROOF_TRIES_LIMIT),
    keyPrefixLength: PREFIX_BYTES,
    deriveKey,
    hmacSignatureSecret: hmac(ctx.keys, PURPOSE, contentOf(of)) as string,
    data: { expires_at: ctx.now + CHALLENGE_TTL_MS, note },
  });
  return { parameters: { ...challenge.parameters }, signature: challenge.signature as string };
}

/** @returns the note of the challenge; undefined where it is none of ours, expired, for something else, or not solved. */
export async function solvedProof(
  ctx: Context,
  of: Idempotency,
  { challenge, solution }: NonNullable<Solution["proof"]>,
): Promise<string | null | undefined> {
  // Nothing of it is used before the signature is found to be ours.
  const given = challenge as unknown as Challenge;
  // Under every key of the ring, for a rotation's sake. The library compares in constant time.
  for (const hmacSignatureSecret of hmacs(ctx.keys, PURPOSE, contentOf(of))) {
    const { verified } = await verifySolution({ challenge: given, solution, deriveKey, hmacSignatureSecret });
    if (!verified) continue;
    const { expires_at, note } = given.parameters.data as { expires_at: number; note: string | null };
    return expires_at > ctx.now ? note : undefined;
  }
  return undefined;
}
