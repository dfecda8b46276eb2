/**
 * What was said in a chat, as a room keeps it and every dialect reads it: the JSON of `room.transcript`. Times are
 * milliseconds since 1970, UTC.
 */
import * as z from "zod/mini";

/** The last moment whose year has four digits. */
const TIME_LIMIT_MS = Date.UTC(10_000, 0) - 1;

const common = {
  /** Its place in the room, from 1 on. */
  seq: z.int().check(z.gte(1)),
  at: z.int().check(z.gte(0), z.lte(TIME_LIMIT_MS)),
  /** `agents`: the visitor never sees it. */
  visibility: z.enum(["all", "agents"]),
  text: z.string(),
};

export const TranscriptMessage = z.discriminatedUnion("kind", [
  z.object({
    ...common,
    kind: z.literal("message"),
    author: z.object({
      kind: z.enum(["visitor", "operator", "bot"]),
      /** The visitor's id, the user's UUID, or the bot's name. */
      id: z.string(),
      /** The page or program that the author writes with. */
      clientId: z._default(z.nullable(z.string()), null),
    }),
    /** The sender's own id of the message, by which a retry is recognised. */
    customId: z._default(z.nullable(z.string()), null),
    /** Said by the form itself, before anybody spoke. */
    isWelcome: z._default(z.boolean(), false),
  }),
  z.object({
    ...common,
    kind: z.literal("system"),
    /** What happened, as a word: `routing.idle`. */
    type: z.string(),
    /** What the text was made with. */
    textVars: z._default(z.record(z.string(), z.string()), {}),
  }),
]);
export type TranscriptMessage = z.infer<typeof TranscriptMessage>;
/** With everything that may be left out left out. */
export type TranscriptInput = z.input<typeof TranscriptMessage>[];

/** @returns the messages in their order, without any that this version cannot read; none for text of an older kind. */
export function parseTranscript(text: string | null): TranscriptMessage[] {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const parsed = TranscriptMessage.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}
