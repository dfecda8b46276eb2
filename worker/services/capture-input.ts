/** What a capture is given, and what it answers. */
import type { CaptureRequest, Challenge } from "../../shared/capture-api.ts";
import type { LeadFailure } from "../domain/failure.ts";
import type { Visit } from "../domain/visit.ts";
import type { FormContext } from "../store/forms.ts";
import type { TurnstileAccount } from "./turnstile.ts";

export interface CaptureInput extends FormContext {
  /** null: a page without script, which cannot tell a retry from a repeat. */
  submissionId: string | null;
  data: Record<string, unknown>;
  /** With the language in which it was read, where that is known. */
  consent?: (NonNullable<CaptureRequest["consent"]> & { locale?: string }) | null;
  elapsedMs: number | null;
  visit: Visit;
  /** undefined: the sender knows no challenges. null: it has not met one yet. */
  solution?: CaptureRequest["solution"];
  /** null: the form has no site key, or the deployment not its secret. */
  turnstile?: TurnstileAccount | null;
}

/** Nothing is stored until the sender has answered this. */
export interface ChallengeRequired {
  kind: "challenge-required";
  challenge: Challenge;
}
export type CaptureFailure = LeadFailure | ChallengeRequired;

export interface Captured {
  leadUuid: string;
  createdAt: number;
  /** The answer was given before. */
  isReplay: boolean;
}

/** What the store remembers of a key: the outcome that a replay hears again. */
export type CaptureOutcome = "created" | "thanked" | "duplicate";
