/** The API's description against what is really answered: every answer that a test gets is held against it. */
import { dereference, type Schema, validate } from "@cfworker/json-schema";
import type { OperationObject } from "../../worker/api/http/openapi-document.ts";
import type { Json } from "../../worker/api/http/openapi-schemas.ts";
import { openApiDocument } from "../../worker/openapi.ts";

export const DOCUMENT = openApiDocument();
const lookup = dereference(DOCUMENT as unknown as Schema);

/** A path of the document, its operations, and how its segments are recognised. */
interface Place {
  path: string;
  segments: (string | RegExp)[];
}

const ANY_SEGMENT = /^.+$/;
/** What routes take for a number; anything else is another address to them. */
const NUMBER_SEGMENT = /^\d{1,15}$/;

const PLACES: Place[] = Object.entries(DOCUMENT.paths)
  .map(([path, operations]) => {
    const parameters = Object.values(operations).flatMap((operation) => operation.parameters ?? []);
    const isNumber = (name: string) => parameters.find((one) => one.name === name)?.schema.type === "integer";
    const segments = path.split("/").map((segment) => {
      const [, name] = /^\{(\w+)\}$/.exec(segment) ?? [];
      if (name === undefined) return segment;
      return isNumber(name) ? NUMBER_SEGMENT : ANY_SEGMENT;
    });
    return { path, segments };
  })
  // What is spelled out wins over what a parameter could be.
  .sort((a, b) => a.segments.filter(isOpen).length - b.segments.filter(isOpen).length);

function isOpen(segment: string | RegExp): boolean {
  return segment instanceof RegExp;
}

/** @returns the operation of a request, or null for an unknown path and a wrong method. */
export function operationAt(method: string, pathname: string): { path: string; operation: OperationObject } | null {
  const sent = pathname.replace(/(?<=.)\/$/, "").split("/");
  const place = PLACES.find(
    ({ segments }) =>
      segments.length === sent.length &&
      segments.every((one, index) => (one instanceof RegExp ? one.test(sent[index] ?? "") : one === sent[index])),
  );
  const asked = method === "HEAD" ? "get" : method.toLowerCase();
  const operation = place && DOCUMENT.paths[place.path]?.[asked];
  return place && operation ? { path: place.path, operation } : null;
}

/**
 * Insists that the description documents an answer: its status, its media type, and its body where that is JSON. Answers
 * to unknown paths and wrong methods are not described, and pass. The answer can still be read.
 */
export async function checkAnswer(method: string, address: string, response: Response): Promise<void> {
  const found = operationAt(method, new URL(address).pathname);
  if (found === null) return;
  const name = `${method} ${found.path}: ${response.status}`;
  const documented = found.operation.responses[response.status];
  if (documented === undefined) throw new Error(`${name} is not in the API's description.`);
  // An open socket has no body, and no copy.
  if (response.webSocket) return;
  const text = await response.clone().text();
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (documented.content === undefined) {
    if (text !== "") throw new Error(`${name} has a body, and the API's description none.`);
    return;
  }
  const content = documented.content[type ?? ""];
  if (content === undefined) throw new Error(`${name} is ${type}, which is not in the API's description.`);
  if (method === "HEAD" || !/[/+]json$/.test(type ?? "")) return;
  const problems = problemsOf(JSON.parse(text), content.schema);
  if (problems.length > 0)
    throw new Error(`${name} does not fit the API's description.\n${problems.join("\n")}\n${text}`);
}

/** What is wrong with a value, the innermost last. */
export const problemsOf = (value: unknown, schema: Json): string[] =>
  validate(value, schema as Schema, "2020-12", lookup).errors.map(
    ({ instanceLocation, error }) => `${instanceLocation}: ${error}`,
  );
