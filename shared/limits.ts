/**
 * Every bound of Foyer, in one place, with its unit last in its name.
 * Imports nothing, so that the widget can use it at no cost. Those of rare fields stand apart: their chunk shares nothing.
 */
export * from "./rare-limits.ts";

/** Largest body of a capture request. */
export const CAPTURE_BODY_LIMIT_BYTES = 256 * 1024;
/** Largest body of any other request. D1 holds 2 MB a row; a body travels as one parameter. */
export const BODY_LIMIT_BYTES = 1024 * 1024;
/** How deep JSON may be nested; SQLite's own parser fails past 1,000. */
export const JSON_DEPTH_LIMIT = 32;

/** Fields of one form. */
export const FORM_FIELDS_LIMIT = 200;
/** Names of fields and values of options. */
export const NAME_LIMIT_CHARS = 64;
/** Labels, helps, placeholders and texts of a form. */
export const TEXT_LIMIT_CHARS = 2_000;
/** Languages that one form is translated into, and a language's BCP 47 tag. */
export const FORM_LANGUAGES_LIMIT = 50;
export const LANGUAGE_TAG_LIMIT_CHARS = 35;

/** A single-line answer, where the field sets no smaller bound. */
export const ANSWER_LIMIT_CHARS = 1_000;
/** A long-text answer, where the field sets no smaller bound. */
export const LONG_ANSWER_LIMIT_CHARS = 20_000;
/** RFC 5321, section 4.5.3.1.3. */
export const EMAIL_LIMIT_CHARS = 254;
/** E.164 allows 15 digits; the rest is how people write them. */
export const PHONE_LIMIT_CHARS = 40;
/** ITU-T E.164, and the shortest numbers in use. */
export const PHONE_DIGITS_MIN = 5;
export const PHONE_DIGITS_LIMIT = 15;

export const URL_LIMIT_CHARS = 2_048;
export const PAGE_TITLE_LIMIT_CHARS = 500;
export const VISITOR_ID_LIMIT_CHARS = 64;
export const UTM_LIMIT_CHARS = 200;
export const USER_AGENT_LIMIT_CHARS = 512;
/** Longest time between first sight of a form and sending it that is believed. */
export const ELAPSED_LIMIT_MS = 7 * 24 * 3_600_000;

/** Allowed origins of one form. */
export const FORM_ORIGINS_LIMIT = 100;
export const PAGE_SIZE_DEFAULT = 25;
export const PAGE_SIZE_LIMIT = 100;
/** Pages of a chat's leads are asked for by number, and what is before them is skipped: only so far. */
export const CHAT_LEADS_PAGE_SIZE_DEFAULT = 10;
export const CHAT_LEADS_PAGE_SIZE_LIMIT = 1_000;
export const CHAT_LEADS_DEPTH_LIMIT = 10_000;

/** How long a challenge may be answered. Far below IDEMPOTENCY_TTL_HOURS: what a solution opened is still known then. */
export const CHALLENGE_TTL_MS = 10 * 60_000;
/** The most numbers that a visitor's browser has to try, half of them on average: on a slow phone, half a second. */
export const PROOF_TRIES_LIMIT = 100_000;
/** As Turnstile makes them. */
export const TURNSTILE_TOKEN_LIMIT_CHARS = 2_048;

/** How long an answer to an idempotency key is kept. */
export const IDEMPOTENCY_TTL_HOURS = 24;
/**
 * How long a visitor's submission is tried: after a week they have asked somewhere else, and a stranger may use the
 * machine.
 */
export const OUTBOX_TTL_HOURS = 7 * 24;
/** The same for a submission's id: longer than any outbox tries, so that no retry, however late, is a second lead. */
export const SUBMISSION_TTL_HOURS = 8 * 24;
/** How long a credential or a form may be believed without asking the database again. */
export const CACHE_TTL_MS = 60_000;
/** Entries of each in-memory cache. */
export const CACHE_ENTRIES_LIMIT = 2_000;

export const TOKEN_LIMIT_CHARS = 4_096;
/** Largest body of a request for tokens, or of a consent. */
export const OAUTH_BODY_LIMIT_BYTES = 32 * 1024;
/** What a program may have echoed to it. */
export const OAUTH_STATE_LIMIT_CHARS = 2_048;

/** What is read of a message: attachments beyond it are not even counted. The platform takes 25 MiB. */
export const MAIL_READ_LIMIT_BYTES = 8 * 1024 * 1024;
/** All headers of a message and its parts together. */
export const MAIL_HEADERS_LIMIT_BYTES = 256 * 1024;
/** What is kept of a message's text. */
export const MAIL_TEXT_LIMIT_CHARS = 100_000;
/** RFC 5322 allows 998 a line; encoded subjects have several. */
export const MAIL_SUBJECT_LIMIT_CHARS = 1_000;
export const MAIL_SUMMARY_LIMIT_CHARS = 250;
/** Message-IDs that a message is said to answer: the first and the last of them. */
export const MAIL_REFERENCES_LIMIT = 50;
/** RFC 5322, section 2.1.1: a line, and so a Message-ID. */
export const MESSAGE_ID_LIMIT_CHARS = 998;
/** How long an organization's former mail address may go on taking mail. */
export const MAIL_ADDRESS_OVERLAP_LIMIT_DAYS = 90;

/** Pipelines of one organization, and statuses of one pipeline. */
export const PIPELINES_LIMIT = 50;
export const STATUSES_LIMIT = 100;
/** Sources of leads of one organization, also those that are no choice any more. */
export const SOURCES_LIMIT = 100;

/** One thing that is said in a chat; an answer to a form's question has the bound of its field. */
export const CHAT_TEXT_LIMIT_CHARS = 4_000;
/** One frame of a chat: the longest answer, escaped. */
export const CHAT_FRAME_LIMIT_CHARS = 64 * 1024;
/** Frames that travel together where a page has no socket. */
export const CHAT_EXCHANGE_FRAMES_LIMIT = 50;
/** What a chat's clients call their messages. */
export const CHAT_ID_LIMIT_CHARS = 64;
/** A visitor's frames: so many at once, and so many a second in the long run. */
export const CHAT_BURST_FRAMES = 40;
export const CHAT_FRAMES_PER_SECOND = 4;
/** A room that has grown so far ends. D1 holds 2 MB a row, which the whole transcript has to fit into. */
export const ROOM_MESSAGES_LIMIT = 2_000;
export const ROOM_TEXT_LIMIT_BYTES = 900_000;
/** A room in which nobody has said anything for so long ends. */
export const ROOM_IDLE_MS = 30 * 60_000;
/** A list of rooms shows so many. */
export const ROOMS_PAGE_LIMIT = 100;
/** Ranges of hours a day, and days by date, on which an organization answers chats or not. */
export const DAY_RANGES_LIMIT = 6;
export const CLOSED_DAYS_LIMIT = 100;

/** What one database of the platform holds at most. */
export const DATABASE_BYTES_LIMIT = 10_000_000_000;
/** Shares of it, in per cent, from which each daily run warns. */
export const DATABASE_WARNING_SHARES = [80, 90] as const;
