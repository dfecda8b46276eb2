/**
 * What becomes of a capture that looks like a program's. The widget may clear itself by a challenge: Turnstile where the
 * form has a key of it, else a proof of work. Who cannot, or does not, is held as ever; nobody is turned away for good.
 */
import type { Challenge } from "../../shared/capture-api.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { type ChallengeNote, canBeCleared, type SpamReason } from "../domain/spam.ts";
import type { CaptureInput, ChallengeRequired } from "./capture-input.ts";
import type { Context } from "./context.ts";
import { captureKey } from "./idempotency.ts";
import { proofChallenge, solvedProof } from "./proof-of-work.ts";
import { askTurnstile } from "./turnstile.ts";

export interface Verdict {
  isHeld: boolean;
  /** What it was suspected of, and what came of that. null: of nothing. */
  spam: (SpamReason | ChallengeNote)[] | null;
}

type Judged = Result<Verdict, ChallengeRequired>;
const UNREACHABLE: ChallengeNote = "turnstile-unreachable";

/** @param reasons what is suspicious; none: nothing is asked. */
export async function judgeSuspicion(ctx: Context, input: CaptureInput, reasons: SpamReason[]): Promise<Judged> {
  if (reasons.length === 0) return ok({ isHeld: false, spam: null });
  const verdict = (isHeld: boolean, ...notes: ChallengeNote[]): Judged => ok({ isHeld, spam: [...reasons, ...notes] });
  const { solution, turnstile } = input;
  const key = captureKey(input);
  const isAsked = input.form.settings.challenge === "suspected" && solution !== undefined && canBeCleared(reasons);
  if (!isAsked || key === null) return verdict(true);

  const note = solution?.proof && (await solvedProof(ctx, key, solution.proof));
  if (note === UNREACHABLE) return verdict(false, note, "proof-solved");
  if (note === null && !turnstile) return verdict(false, "proof-solved");
  if (!turnstile) return required({ proof: await proofChallenge(ctx, key, null) });

  const token = solution?.turnstile;
  if (token === undefined) {
    return required({ turnstile: { site_key: turnstile.siteKey, script: `${turnstile.url}/api.js?render=explicit` } });
  }
  const ip = input.organization.ipPolicy === "full" ? input.visit.ip : null;
  const said = token === "" ? "refused" : await askTurnstile(turnstile, { token, submissionId: key.key, ip });
  if (said === "passed") return verdict(false, "turnstile-passed");
  if (said === "refused") return verdict(true, "turnstile-failed");
  return required({ proof: await proofChallenge(ctx, key, UNREACHABLE) });
}

const required = (challenge: Challenge): Judged => fail({ kind: "challenge-required", challenge });
