/**
 * The words in which a dialect describes its operations, in a file `openapi.ts` beside its routes. Requests are described
 * by the very schemas that validate them. No route imports these files: the document is made when the widget is built,
 * and the Worker neither carries nor evaluates any of this.
 */
import * as z from "zod/mini";
import type { CredentialKind } from "../../domain/credentials.ts";
import { Problem } from "./problem-body.ts";

export type Schema = z.core.$ZodType;
/** A body by media type. */
export type Content = Record<string, Schema>;

export interface Answer {
  description: string;
  /** None: an answer without a body. */
  content?: Content;
  /** What each header says, by its name. */
  headers?: Record<string, string>;
}
/** By status. */
export type Answers = Record<number, Answer>;

export type Method = "get" | "post" | "put" | "patch" | "delete" | "options";
/** A kind of credential, the root token, or a program with its id and secret. */
export type Caller = CredentialKind | "root" | "client_basic" | "organization_key" | "key_and_token";
/** Who may ask. Several in one: together. null: also whoever sends no such thing; none at all: anybody. */
export type Callers = readonly (Caller | readonly Caller[] | null)[];

export interface Operation {
  method: Method;
  /** Below the dialect's base, `{name}` for what differs; each name is in the dialect's `pathParameters`. */
  path: string;
  /** Unique in the whole document. */
  id: string;
  summary: string;
  description?: string;
  /** Where others may ask than in the rest of the dialect. */
  callers?: Callers;
  /** One property a parameter. */
  query?: z.ZodMiniObject;
  headers?: z.ZodMiniObject;
  body?: Content;
  isBodyOptional?: boolean;
  /** Beside the dialect's own `always`. */
  answers: Answers;
}

export interface Dialect {
  /** Its name in the README; the tag of its operations. */
  name: string;
  /** A short text for readers, in Markdown. */
  description: string;
  /** Where worker/index.ts mounts it; empty for the root. */
  base: string;
  callers: Callers;
  pathParameters: Record<string, Schema>;
  /** What any operation may answer: who is nobody, who asks too often, what went wrong on our side. */
  always: Answers;
  /** What any operation that can carry a body may answer. */
  toBodies?: Answers;
  operations: readonly Operation[];
}

/** Names and descriptions of schemas. */
export const words = z.registry<{ id?: string; description?: string }>();

/** Gives schemas a name of their own in the document, where other schemas then refer to them. */
export function named(schemas: Record<string, Schema>): void {
  for (const [id, schema] of Object.entries(schemas)) words.add(schema, { ...words.get(schema), id });
}

/** The schema, with a sentence for readers. */
export function said<T extends Schema>(description: string, schema: T): T {
  words.add(schema, { ...words.get(schema), description });
  return schema;
}

export const json = (schema: Schema): Content => ({ "application/json": schema });
export const html: Content = { "text/html": z.string() };
/** Of the answer that any operation may give. */
export const AWAY = "The database does not answer just now.";
export const RETRY_AFTER = { "Retry-After": "Seconds to wait." };

/** An answer in RFC 9457 problem details. */
export const problemAnswer = (description: string, headers?: Answer["headers"]): Answer => ({
  description,
  content: { "application/problem+json": Problem },
  ...(headers ? { headers } : {}),
});
