/** One of the visitor's pages: who it says it is, and how it hears of what was sent. */
import type { RoomFrame, VisitorFrame } from "../../shared/chat-frames.ts";
import type { FrameRefusal } from "../../shared/frame-checks.ts";
import { logError } from "../api/http/log.ts";
import { wantedLanguages } from "../domain/form-language.ts";
import { wellFormed } from "../domain/text.ts";
import type { Hello, Visiting } from "../services/visitor-door.ts";
import type { Entry } from "./room-state.ts";

export interface Guest {
  visiting: Visiting;
  /** What it said of itself. */
  entry: () => Entry;
  hear: (frames: RoomFrame[]) => void;
}

export function entryOf({ visit, languages }: Visiting, hello: Hello | null): Entry {
  const { page, visitor, locale, given: known } = (wellFormed(hello) ?? {}) as Partial<Hello>;
  return {
    visit: {
      ...visit,
      visitorId: visitor || null,
      pageUrl: page?.url || visit.pageUrl,
      pageTitle: page?.title || null,
      referrer: page?.referrer || null,
    },
    languages: locale ? wantedLanguages(locale) : languages,
    given: known ?? {},
  };
}

/** When to try again what could not be done just now. */
const UNAVAILABLE_RETRY_MS = 2_000;

/** What a stranger sent never ends in an exception: they hear that it could not be done, and null is returned. */
export async function attempt<T>(
  guest: Guest,
  frame: VisitorFrame | FrameRefusal | null,
  act: () => Promise<T>,
): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    logError(error, { method: "SOCKET", route: "ChatRoom" });
    guest.hear([{ t: "error", code: "unavailable", retry_ms: UNAVAILABLE_RETRY_MS, ...idOf(frame) }]);
    return null;
  }
}

/** The id of what a frame says, for an answer about it. */
export const idOf = (frame: VisitorFrame | FrameRefusal | null): { id?: string } =>
  typeof frame === "object" && frame !== null && "id" in frame ? { id: frame.id } : {};
