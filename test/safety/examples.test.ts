/** The examples are of the whole API: every operation has one, and every id that a request can name is in it. */
import { expect, test } from "vitest";
import type { Json } from "../../worker/api/http/openapi-schemas.ts";
import { edge } from "../support/edge.ts";
import { DOCUMENT } from "../support/openapi.ts";
import { examplesOf, OPERATIONS, type Operation } from "./asking.ts";
import { EXAMPLES } from "./examples.ts";
import { house, type Ids } from "./house.ts";

/** How names of ids end in this API. */
const ID = /(^|_)(id|uid|slug)$|Id$|^(assignee|owner|username|refresh|refresh_token|code|token|lead)$/;
/** The caller's own words, by which nothing is found; the consent page's form is signed. */
const WORDS: Record<string, string[]> = {
  addCalls: ["request_id", "source_uid", "field_id", "id"],
  addForms: ["request_id", "source_uid", "field_id", "id"],
  exchangeChatFrames: ["id"],
  sayInRoom: ["id"],
  createOrganization: ["id"],
  giveConsent: ["client_id", "username"],
};

/** All names of properties in a schema. */
function namesIn(schema: unknown, seen = new Set<unknown>()): string[] {
  if (typeof schema !== "object" || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const { $ref, properties, ...others } = schema as { $ref?: string; properties?: Json };
  const target = $ref
    ?.split("/")
    .slice(1)
    .reduce<unknown>((at, key) => (at as Json)[key], DOCUMENT);
  const below = Object.values({ ...others, ...properties }).flatMap((child) => namesIn(child, seen));
  return [...Object.keys(properties ?? {}), ...namesIn(target, seen), ...below];
}

function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(keysOf)];
}

function missing(operation: Operation, ids: Ids): string[] {
  const { object } = operation;
  const bodies = Object.values(object.requestBody?.content ?? {}).flatMap(({ schema }) => namesIn(schema));
  const queries = (object.parameters ?? []).filter((one) => one.in === "query").map(({ name }) => name);
  const given = examplesOf(operation).flatMap(({ query, body }) => keysOf([query?.(ids), body?.(ids)]));
  const wanted = [...new Set([...bodies, ...queries])].filter(
    (name) => ID.test(name) && !WORDS[operation.id]?.includes(name),
  );
  return wanted.filter((name) => !given.includes(name)).map((name) => `${operation.id}: ${name}`);
}

test("every operation has an example, and every example an operation", () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
});

test("every id that a query or a body can name is in the operation's example", async () => {
  const { ids } = await house(edge(), "own");
  const all = OPERATIONS.flatMap((operation) => missing(operation, ids));
  expect(all, all.join()).toEqual([]);
});
