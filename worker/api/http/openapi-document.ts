/** From the dialects' descriptions to one OpenAPI 3.1 document. */
import type * as z from "zod/mini";
import { REQUEST_ID_HEADER } from "../../../shared/capture-api.ts";
import { type Answer, type Caller, type Content, type Dialect, type Operation, type Schema, words } from "./openapi.ts";
import { Converter, type Json, type Side } from "./openapi-schemas.ts";

export interface OpenApiDocument {
  openapi: string;
  info: Json;
  tags: { name: string; description: string }[];
  /** By path and method. */
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Json>; headers: Record<string, Json>; securitySchemes: Record<string, Json> };
}
export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: ParameterObject[];
  requestBody?: { required: boolean; content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; headers: Json; content?: Record<string, { schema: Json }> }>;
}
export interface ParameterObject {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: Json;
}

const contentOf = (converter: Converter, side: Side, content: Content) =>
  Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema: converter.use(side, schema) }]));

const header = (description: string, format: Json = {}): Json => ({
  description,
  schema: { type: "string", ...format },
});

/** What every answer carries, written once. */
const RequestId = header("What the deployment's log knows this answer by.", { format: "uuid" });

function answerOf(
  converter: Converter,
  { description, headers, content }: Answer,
): OperationObject["responses"][string] {
  const own = Object.entries(headers ?? {}).map(([name, text]) => [name, header(text)]);
  return {
    description,
    headers: { ...Object.fromEntries(own), [REQUEST_ID_HEADER]: { $ref: "#/components/headers/RequestId" } },
    ...(content ? { content: contentOf(converter, "output", content) } : {}),
  };
}

function parameter(converter: Converter, where: ParameterObject["in"], name: string, schema: Schema): ParameterObject {
  const description = words.get(schema)?.description ?? words.get(innermost(schema))?.description;
  return {
    name,
    in: where,
    required: where === "path" || schema._zod.optin === undefined,
    ...(description ? { description } : {}),
    schema: converter.use("input", schema),
  };
}

const innermost = (schema: Schema): Schema =>
  "innerType" in schema._zod.def ? innermost(schema._zod.def.innerType as Schema) : schema;

function parametersOf(converter: Converter, dialect: Dialect, { path, query, headers }: Operation): ParameterObject[] {
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => {
    const schema = dialect.pathParameters[name];
    if (schema === undefined) throw new Error(`${dialect.base}${path}: nothing says what {${name}} is.`);
    return parameter(converter, "path", name, schema);
  });
  const each = (where: "query" | "header", object: z.ZodMiniObject | undefined) =>
    Object.entries(object?.shape ?? {}).map(([name, schema]) => parameter(converter, where, name, schema));
  return [...places, ...each("query", query), ...each("header", headers)];
}

function operationOf(converter: Converter, dialect: Dialect, operation: Operation): OperationObject {
  const { id, summary, description, body, method, callers = dialect.callers } = operation;
  const parameters = parametersOf(converter, dialect, operation);
  const toBodies = ["get", "options"].includes(method) ? {} : dialect.toBodies;
  const answers = { ...dialect.always, ...toBodies, ...operation.answers };
  return {
    operationId: id,
    tags: [dialect.name],
    summary,
    ...(description ? { description } : {}),
    security: callers.map((caller) =>
      Object.fromEntries((caller === null ? [] : [caller].flat()).map((one) => [one, one === "oauth" ? ["crm"] : []])),
    ),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? { requestBody: { required: !operation.isBodyOptional, content: contentOf(converter, "input", body) } }
      : {}),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, answerOf(converter, answer)]),
    ),
  };
}

/** @throws where two operations have the same method and path, or a path parameter has no schema. */
export function documentOf(
  dialects: readonly Dialect[],
  frame: Omit<OpenApiDocument, "paths" | "components" | "tags" | "openapi">,
  securitySchemes: Record<Caller, Json>,
): OpenApiDocument {
  const converter = new Converter();
  const paths: OpenApiDocument["paths"] = {};
  for (const dialect of dialects) {
    for (const operation of dialect.operations) {
      const path = `${dialect.base}${operation.path}`;
      paths[path] ??= {};
      if (operation.method in paths[path]) throw new Error(`${operation.method} ${path} is described twice.`);
      paths[path][operation.method] = operationOf(converter, dialect, operation);
    }
  }
  const schemas = converter.finish();
  return {
    openapi: "3.1.1",
    ...frame,
    tags: dialects.map(({ name, description }) => ({ name, description })),
    paths,
    components: { schemas, headers: { RequestId }, securitySchemes },
  };
}
