/** A chat's frames as schemas: evaluated for the API's description only. Their types, and what reads them, are shared/'s own. */
import * as z from "zod/mini";
import {
  CHAT_ERROR_CODES,
  type ChatAnswer as ChatAnswerType,
  ROOM_STATUSES,
  ROOM_TOKEN,
  type RoomFrame as RoomFrameType,
  SYSTEM_MESSAGES,
  type VisitorFrame as VisitorFrameType,
} from "../../../shared/chat-frames.ts";
import {
  CHAT_EXCHANGE_FRAMES_LIMIT,
  CHAT_ID_LIMIT_CHARS,
  CHAT_TEXT_LIMIT_CHARS,
  LANGUAGE_TAG_LIMIT_CHARS,
  PAGE_TITLE_LIMIT_CHARS,
  URL_LIMIT_CHARS,
  VISITOR_ID_LIMIT_CHARS,
} from "../../../shared/limits.ts";
import { said } from "../http/openapi.ts";
import type { ChatAnswer } from "./chat.ts";

const id = said(
  "The sender's own: sent again, it is the same.",
  z.string().check(z.minLength(1), z.maxLength(CHAT_ID_LIMIT_CHARS)),
);
const number = () => z.int().check(z.gte(0));
const url = () => z.optional(z.string().check(z.maxLength(URL_LIMIT_CHARS)));

const Hello = z.object({
  since: said("The last number that was seen, or 0.", number()),
  visitor: z.optional(z.string().check(z.minLength(1), z.maxLength(VISITOR_ID_LIMIT_CHARS))),
  locale: z.optional(z.string().check(z.maxLength(LANGUAGE_TAG_LIMIT_CHARS))),
  page: z.optional(
    z.object({ url: url(), title: z.optional(z.string().check(z.maxLength(PAGE_TITLE_LIMIT_CHARS))), referrer: url() }),
  ),
  given: z.optional(
    said(
      "Answers that the page knows: hidden fields, prefill.",
      z.record(z.string(), z.union([z.string(), z.boolean()])),
    ),
  ),
});

const Value: z.ZodMiniType<ChatAnswerType> = z.nullable(z.union([z.string(), z.boolean(), z.array(z.string())]));

export const VisitorFrame: z.ZodMiniType<VisitorFrameType> = z.discriminatedUnion("t", [
  z.extend(Hello, { t: z.literal("hello") }),
  z.object({ t: z.literal("say"), id, text: z.string().check(z.minLength(1), z.maxLength(CHAT_TEXT_LIMIT_CHARS)) }),
  z.object({
    t: z.literal("answer"),
    id,
    field: z.string(),
    value: said("null leaves an optional question out.", Value),
  }),
  z.object({ t: z.literal("call"), id }),
  z.object({ t: z.literal("typing") }),
  z.object({ t: z.literal("read"), seq: number() }),
  z.object({ t: z.literal("close"), id }),
]);

const time = said("Milliseconds since 1970, UTC.", z.int());

export const RoomFrame: z.ZodMiniType<RoomFrameType> = z.discriminatedUnion("t", [
  z.object({
    t: z.literal("state"),
    room: z.uuid(),
    status: z.enum(ROOM_STATUSES),
    last: said("The last number there is.", number()),
    read: said("Up to where operators have read.", number()),
    ask: z.optional(said("The field that is asked for.", z.string())),
    operator: z.optional(said("Who is there.", z.string())),
    away: z.optional(said("Nobody is in.", z.object({ until: z.optional(time) }))),
  }),
  z.object({
    t: z.literal("message"),
    seq: z.int().check(z.gte(1)),
    at: time,
    by: z.enum(["visitor", "operator", "bot", "system"]),
    name: z.optional(said("The operator's.", z.string())),
    id: z.optional(id),
    text: z.string(),
    field: z.optional(said("The form's field that is asked for, or answered.", z.string())),
    type: z.optional(said("What happened.", z.enum(SYSTEM_MESSAGES))),
    vars: z.optional(z.record(z.string(), z.string())),
  }),
  z.object({ t: z.literal("problem"), id, field: z.string(), code: said("Why the answer was not taken.", z.string()) }),
  z.object({ t: z.literal("typing") }),
  z.object({ t: z.literal("read"), seq: number() }),
  z.object({
    t: z.literal("error"),
    code: z.enum(CHAT_ERROR_CODES),
    id: z.optional(id),
    retry_ms: z.optional(z.int().check(z.gte(0))),
  }),
]);

export const ChatExchange = z.object({
  token: said("The room's; never in an address.", z.string().check(z.regex(ROOM_TOKEN))),
  hello: Hello,
  frames: z.optional(z.array(VisitorFrame).check(z.maxLength(CHAT_EXCHANGE_FRAMES_LIMIT))),
});

export const ChatExchangeAnswer = z.object({ frames: z.array(RoomFrame) }) satisfies z.ZodMiniType<ChatAnswer>;
