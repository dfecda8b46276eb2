/**
 * Answers a challenge: a chunk that is fetched for those alone whom the server suspects of being a program. By Turnstile,
 * whose script is fetched only then, or by a search on the page's own thread, since workers need a policy that allows
 * them; in slices, so that nothing the visitor does waits for it.
 */
import type { Challenge, ProofChallenge, Solution } from "../../shared/capture-api.ts";
import type { Reply } from "./outcome.ts";
import { search } from "./search.ts";
import type { FormCore } from "./state.ts";

/** Turnstile, a proof of work in its stead, and one more where that was too late. */
const TRIES = 3;

function work(challenge: ProofChallenge): Promise<Solution> {
  // Messages are not slowed down in tabs that nobody looks at, as timers are.
  const { port1, port2 } = new MessageChannel();
  const slices = search(challenge);
  return new Promise<Solution>((done, failed) => {
    port1.onmessage = () => {
      try {
        const { done: isDone, value } = slices.next();
        if (isDone) done(value);
        else port2.postMessage(0);
      } catch (why) {
        failed(why);
      }
    };
    port2.postMessage(0);
  }).finally(() => port1.close());
}

/** Says what is going on: in the button, and to screen readers, inside of what may be modal. @returns undo. */
function tell({ frame, state, become }: FormCore): () => void {
  const { texts } = state;
  if (!texts) return () => {};
  const words = document.createElement("p");
  words.className = "unseen";
  words.role = "alert";
  words.lang = texts.tag;
  frame.append(words);
  words.textContent = texts.checking;
  const telling = { ...texts, sending: texts.checking };
  become({ texts: telling });
  return () => {
    words.remove();
    // Unless the language has changed meanwhile.
    if (state.texts === telling) become({ texts });
  };
}

async function solve({ proof, turnstile }: Challenge, core?: FormCore): Promise<Solution> {
  if (proof) return work(proof);
  const passed =
    turnstile && core && import("./turnstile.ts").then(({ passTurnstile }) => passTurnstile(turnstile, core));
  return { turnstile: (await passed?.catch(() => "")) ?? "" };
}

/**
 * Answers a challenge, and another one where the server does not take the answer.
 * @param answer Sends the submission with a solution; without one, the server keeps it as it is.
 * @param core Where the visitor can be told, and asked to help; without, they are not there.
 * @returns what the server says in the end. Rejects where there is no solution.
 */
export async function clear(
  challenge: Challenge,
  answer: (solution?: Solution) => Promise<Reply>,
  core?: FormCore,
): Promise<Reply> {
  const told = core && tell(core);
  // Who goes away meanwhile has sent it nevertheless.
  const leave = () => answer();
  addEventListener("pagehide", leave);
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const reply = await answer(await solve(challenge, core));
      if (reply.kind !== "challenged") return reply;
      ({ challenge } = reply);
    }
    throw challenge;
  } finally {
    removeEventListener("pagehide", leave);
    told?.();
  }
}
