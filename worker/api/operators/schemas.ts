/** What operators send. */
import * as z from "zod/mini";
import {
  CHAT_ID_LIMIT_CHARS,
  CHAT_TEXT_LIMIT_CHARS,
  NAME_LIMIT_CHARS,
  TEXT_LIMIT_CHARS,
} from "../../../shared/limits.ts";

const word = (chars: number) => z.string().check(z.minLength(1), z.maxLength(chars));
const count = () => z.int().check(z.gte(0));

export const SignIn = z.strictObject({
  /** Its UUID, or its account id: a number, also as text. */
  organization: z.union([z.int().check(z.gte(1)), word(NAME_LIMIT_CHARS)]),
  username: word(NAME_LIMIT_CHARS),
  password: word(TEXT_LIMIT_CHARS),
});

/** `id` is the sender's own: the same again is the same message. */
export const NewMessage = z.strictObject({
  id: word(CHAT_ID_LIMIT_CHARS),
  text: word(CHAT_TEXT_LIMIT_CHARS),
  is_private: z.optional(z.boolean()),
});
/** Up to where the operator has read. */
export const ReadUpTo = z.strictObject({ seq: count() });
/** A user of the organization; none: whoever takes it. */
export const HandOver = z.strictObject({ user_id: z.optional(z.nullable(z.uuid())) });
/** Whose it becomes; none: nobody's yet. */
export const Acceptance = z.strictObject({ user_id: z.optional(z.nullable(z.uuid())) });

export const ROOM_LISTS = ["open", "waiting", "mine"] as const;
/** Of a list of rooms. */
export const RoomListStatus = z.enum(ROOM_LISTS);
/** Messages after this number. */
export const Since = z.coerce.number().check(z.int(), z.gte(0));
