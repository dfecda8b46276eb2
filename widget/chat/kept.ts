/**
 * What this browser keeps of a chat: the token of the room with how far it was read, and what was said and not heard
 * yet. Each thing said stands under a key of its own, so that two tabs do not write over one another, and leaves when
 * the room has it. Nothing is here before the visitor has said something; without localStorage it lives as long as the page.
 */
import type { VisitorFrame } from "../../shared/chat-frames.ts";
import { OUTBOX_TTL_HOURS } from "../../shared/limits.ts";
import { recall, recallKeys, remember } from "../lib/storage.ts";

/** What the visitor does, and what has to arrive. */
export type Deed = Extract<VisitorFrame, { id: string }>;

type Bare<One> = One extends Deed ? Omit<One, "id"> : never;
/** The same, before it has an id. */
export type Doing = Bare<Deed>;

/** What was done and is not known to have arrived. */
export interface Pending {
  key: string;
  /** When, in milliseconds since 1970. */
  at: number;
  deed: Deed;
  /** The room would not have it: it waits for the visitor. */
  isRefused?: boolean;
}

const KEPT_MS = OUTBOX_TTL_HOURS * 3_600_000;
/** What stands under a form's key begins with the room's token; behind it comes the last number that was read. */
export const TOKEN_CHARS = 43;

/** 32 random bytes as base64 says them, but for its two odd characters: the secret that makes a room this visitor's. */
export const newToken = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replace(/\W/g, "-")
    .slice(0, TOKEN_CHARS);

/** What waits for a form's room, in the order in which it was done. Too old or unreadable things are thrown out. */
export const pendingOf = (key: string, nowMs: number): Set<Pending> =>
  new Set(
    recallKeys(`${key}:`)
      .sort()
      .flatMap((entry) => {
        try {
          const kept: Pending = JSON.parse(recall(entry) ?? "");
          if (nowMs - kept.at < KEPT_MS) return kept;
        } catch {
          // Not ours any more.
        }
        remember(entry, null);
        return [];
      }),
  );

/** Keeps a deed, until its key is emptied. */
export function keep(key: string, at: number, deed: Deed): Pending {
  const pending = { key: `${key}:${at}.${deed.id}`, at, deed };
  remember(pending.key, JSON.stringify(pending));
  return pending;
}
