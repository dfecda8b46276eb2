/** How a visitor's request comes into their room: by a socket, or by one exchange after the other. */
import type { RoomFrame, VisitorFrame } from "../../shared/chat-frames.ts";
import type { FrameRefusal } from "../../shared/frame-checks.ts";
import type { Visit } from "../domain/visit.ts";

/** What the edge knows of whoever asks. */
export interface Visiting {
  roomId: string;
  formId: string;
  /** By the request alone: what the page says of itself comes with `hello`. */
  visit: Visit;
  /** Tags, best first, by the request's headers. */
  languages: string[];
}

export type Hello = Extract<VisitorFrame, { t: "hello" }>;

export interface VisitorDoor {
  /** Takes the upgrade to a socket; the request carries `visitingHeader`. 429 where the room has too many of them. */
  fetch(request: Request): Promise<Response>;
  /**
   * What a page without a socket sends, in its order, and what it hears: the state, every message after `hello.since`,
   * and what is wrong with a frame. Never fails.
   */
  exchange(visiting: Visiting, hello: Hello, frames: (VisitorFrame | FrameRefusal)[]): Promise<RoomFrame[]>;
}

const VISITING_HEADER = "x-foyer-visiting";

/** The header that carries it into the room; within the deployment only. */
export const visitingHeader = (visiting: Visiting): Record<string, string> => ({
  [VISITING_HEADER]: encodeURIComponent(JSON.stringify(visiting)),
});

/** @throws where the request carries none. */
export const readVisiting = (request: Request): Visiting =>
  JSON.parse(decodeURIComponent(request.headers.get(VISITING_HEADER) ?? "")) as Visiting;
