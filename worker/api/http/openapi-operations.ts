/** Operations and answers of APIs whose problems are problem details and whose lists are `{results, next}`, for their description. */
import * as z from "zod/mini";
import { type Answer, type Answers, json, type Operation, problemAnswer, type Schema, said } from "./openapi.ts";

export const answer = (schema: Schema, description = "What was asked for."): Answer => ({
  description,
  content: json(schema),
});
export const nothing: Answer = { description: "Done." };
export const notFound = { 404: problemAnswer("There is no such thing, or it is another organization's.") };
export const conflict = { 409: problemAnswer("It exists, or something stands against it.") };
export const invalid = {
  400: problemAnswer("The body is not JSON."),
  422: problemAnswer("Something is not valid: `errors` says what and where."),
};

/** A page of a list. */
export const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ results: z.array(item), next: said("The address of the next page.", z.nullable(z.url())) });

/** What `cursor` reads. */
export const PageQuery = z.object({
  cursor: z.optional(said("As `next` carries it.", z.string().check(z.regex(/^\d{1,15}\.[\w-]{0,64}$/)))),
});

/** A list of an organization's things, a page at a time. */
export const list = (
  path: string,
  id: string,
  summary: string,
  item: z.ZodMiniType,
  others: Answers = {},
): Operation => ({
  method: "get",
  path,
  id,
  summary,
  query: PageQuery,
  answers: { 200: answer(listOf(item), "A page."), 400: problemAnswer("The cursor is not one of ours."), ...others },
});

export const read = (path: string, id: string, summary: string, schema: Schema): Operation => ({
  method: "get",
  path,
  id,
  summary,
  answers: { 200: answer(schema), ...notFound },
});

/** Makes something; a caller's own `id` makes a retry harmless, since it meets 409. */
export const create = (path: string, id: string, summary: string, body: Schema, made: Schema): Operation => ({
  method: "post",
  path,
  id,
  summary,
  body: json(body),
  answers: { 201: answer(made, "It is made."), ...invalid, ...notFound },
});

export const change = (path: string, id: string, summary: string, body: Schema, changed: Schema): Operation => ({
  method: "patch",
  path,
  id,
  summary,
  body: json(body),
  answers: { 200: answer(changed, "As it is now."), ...invalid, ...notFound },
});

export const remove = (path: string, id: string, summary: string): Operation => ({
  method: "delete",
  path,
  id,
  summary,
  answers: { 204: nothing, ...notFound },
});

/** The operation, with further answers. */
export const and = (operation: Operation, answers: Answers): Operation => ({
  ...operation,
  answers: { ...operation.answers, ...answers },
});
