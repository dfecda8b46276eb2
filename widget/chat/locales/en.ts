import type { Text } from "../../app/locales/en.ts";

/** English: the table of a chat that every language has to have. What it shares with forms stands in theirs. */
const en = {
  write: "Write a message",
  person: "Talk to a person",
  skip: "Skip",
  agree: "I agree",
  yes: "Yes",
  edit: "Change",
  you: "You",
  call: "A person was asked to join.",
  joined: "{name} has joined.",
  left: "{name} has left.",
  handed: "The chat was passed on.",
  closed: "This chat has ended.",
  again: "Start a new chat",
  waiting: "A person will join soon.",
  typing: "{name} is typing…",
  read: "Read",
  away: "Nobody is here right now.",
  until: "Back {when}.",
  offline: "No connection. Trying again…",
  unsent: "Not sent.",
  end: "End chat",
  save: "Save as text",
  unread: { one: "{n} new message", other: "{n} new messages" },
};
export default en;

/** A language's table; see `Texts` of forms. */
export type ChatTexts = { readonly [key in keyof typeof en]: (typeof en)[key] extends string ? string : Text };
