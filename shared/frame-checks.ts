/**
 * Whether what comes over a chat's line is a frame: the server's first look at anything that a page or a program sends. By
 * hand, in one place, with every bound from limits; see chat-frames.ts for what the frames mean.
 */
import type { ChatErrorCode, OperatorFrame, VisitorFrame } from "./chat-frames.ts";
import {
  CHAT_FRAME_LIMIT_CHARS,
  CHAT_ID_LIMIT_CHARS,
  CHAT_TEXT_LIMIT_CHARS,
  FORM_FIELDS_LIMIT,
  LANGUAGE_TAG_LIMIT_CHARS,
  LONG_ANSWER_LIMIT_CHARS,
  NAME_LIMIT_CHARS,
  PAGE_TITLE_LIMIT_CHARS,
  URL_LIMIT_CHARS,
  VISITOR_ID_LIMIT_CHARS,
} from "./limits.ts";

type Check = (value: unknown) => boolean;
const text =
  (most: number): Check =>
  (value) =>
    typeof value === "string" && value.length <= most;
const word =
  (most: number): Check =>
  (value) =>
    typeof value === "string" && value !== "" && value.length <= most;
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const flag: Check = (value) => typeof value === "boolean";
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const object =
  (shape: Record<string, Check>): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(shape).every((key) => shape[key]?.(Object.hasOwn(value, key) ? value[key as never] : undefined));
const entries =
  (check: Check): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length <= FORM_FIELDS_LIMIT &&
    Object.entries(value).every(([key, one]) => key.length <= NAME_LIMIT_CHARS && check(one));

const id = word(CHAT_ID_LIMIT_CHARS);
const said = word(CHAT_TEXT_LIMIT_CHARS);
const answer: Check = (value) =>
  value === null ||
  flag(value) ||
  text(LONG_ANSWER_LIMIT_CHARS)(value) ||
  (Array.isArray(value) && value.length <= FORM_FIELDS_LIMIT && value.every(text(NAME_LIMIT_CHARS)));

const VISITOR: Record<VisitorFrame["t"], Check> = {
  hello: object({
    since: count,
    visitor: optional(word(VISITOR_ID_LIMIT_CHARS)),
    locale: optional(text(LANGUAGE_TAG_LIMIT_CHARS)),
    page: optional(
      object({
        url: optional(text(URL_LIMIT_CHARS)),
        title: optional(text(PAGE_TITLE_LIMIT_CHARS)),
        referrer: optional(text(URL_LIMIT_CHARS)),
      }),
    ),
    given: optional(entries((value) => flag(value) || text(LONG_ANSWER_LIMIT_CHARS)(value))),
  }),
  say: object({ id, text: said }),
  answer: object({ id, field: word(NAME_LIMIT_CHARS), value: answer }),
  call: object({ id }),
  typing: object({}),
  read: object({ seq: count }),
  close: object({ id }),
};

const room = word(CHAT_ID_LIMIT_CHARS);
const OPERATOR: Record<OperatorFrame["t"], Check> = {
  join: object({ id, room }),
  leave: object({ id, room }),
  "hand-over": object({ id, room, to: optional(word(CHAT_ID_LIMIT_CHARS)) }),
  say: object({ id, room, text: said, isPrivate: optional(flag) }),
  typing: object({ room }),
  read: object({ room, seq: count }),
  close: object({ id, room }),
};

/** Why a text is no frame. */
export type FrameRefusal = Extract<ChatErrorCode, "malformed" | "too-large">;

/** Reads JSON of one frame. Properties that it does not know stay in it, unread. */
function parse<Frame>(checks: Record<string, Check>, json: unknown): Frame | FrameRefusal {
  if (typeof json !== "string") return "malformed";
  if (json.length > CHAT_FRAME_LIMIT_CHARS) return "too-large";
  try {
    return check<Frame>(checks, JSON.parse(json));
  } catch {
    return "malformed";
  }
}

function check<Frame>(checks: Record<string, Check>, value: unknown): Frame | FrameRefusal {
  const t = (value as { t?: unknown } | null)?.t;
  return typeof t === "string" && Object.hasOwn(checks, t) && checks[t]?.(value) ? (value as Frame) : "malformed";
}

/** @param json one message of a socket. */
export const parseVisitorFrame = (json: unknown): VisitorFrame | FrameRefusal => parse(VISITOR, json);
/** The same for a frame that is an object already: one of an exchange without a socket. */
export const checkVisitorFrame = (value: unknown): VisitorFrame | FrameRefusal => check(VISITOR, value);
export const parseOperatorFrame = (json: unknown): OperatorFrame | FrameRefusal => parse(OPERATOR, json);
