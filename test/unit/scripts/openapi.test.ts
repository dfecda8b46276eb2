/** The API's description as a document: valid OpenAPI 3.1, whole, and the same whoever makes it. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { openApiDocument } from "../../../worker/openapi.ts";

const document = openApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
);

/** Every value of this key, anywhere. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => [...(name === key ? [child] : []), ...valuesOf(key, child)]);
}

test("it is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(
    structuredClone(document) as object as Record<string, unknown>,
  );
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(document.openapi).toMatch(/^3\.1\./);
});

test("what it refers to is there, and what is there is referred to", () => {
  const references = new Set(valuesOf("$ref", document));
  const schemas = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  const headers = Object.keys(document.components.headers).map((name) => `#/components/headers/${name}`);
  expect([...references].sort()).toEqual([...schemas, ...headers].sort());
  const schemes = operations.flatMap(({ operation }) => operation.security.flatMap((one) => Object.keys(one)));
  expect(Object.keys(document.components.securitySchemes)).toEqual(expect.arrayContaining([...new Set(schemes)]));
});

test("every operation has a name of its own, an answer that is good news, and one for what goes wrong on our side", () => {
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  const poor = operations.filter(({ operation: { responses } }) => {
    const statuses = Object.keys(responses);
    return !statuses.some((status) => /^(101|[23])/.test(status)) || !statuses.includes("500");
  });
  expect(poor.map(({ name }) => name)).toEqual([]);
});

test("whoever needs a credential can be told so, and that it is the wrong one", () => {
  const closed = operations.filter(({ operation }) => operation.security.length > 0);
  const silent = closed.filter(({ operation: { responses } }) => !("401" in responses));
  expect(silent.map(({ name }) => name)).toEqual([]);
  expect(closed.length).toBeGreaterThan(60);
});

test("every schema says something: none takes or promises just anything", () => {
  const contents = operations.flatMap(({ operation }) => [
    ...Object.values(operation.requestBody?.content ?? {}),
    ...Object.values(operation.responses).flatMap(({ content = {} }) => Object.values(content)),
    ...(operation.parameters ?? []),
  ]);
  expect(contents.filter(({ schema }) => Object.keys(schema).length === 0)).toEqual([]);
  expect(contents.length).toBeGreaterThan(300);
});

test("it is the same, to the byte, whenever it is made", () => {
  expect(JSON.stringify(openApiDocument())).toBe(JSON.stringify(document));
});
