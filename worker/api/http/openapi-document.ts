/** From the dialects' descriptions to one OpenAPI 3.1 document. */
import * as z from "zod/mini";
import { type Answer, type Caller, type Content, type Dialect, type Operation, type Schema, words } from "./openapi.ts";

/** A JSON Schema of draft 2020-12, or any other object of the document. */
export type Json = { [key: string]: unknown };

export interface OpenApiDocument {
  openapi: string;
  info: Json;
  tags: { name: string; description: string }[];
  /** By path and method. */
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> };
}
export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: ParameterObject[];
  requestBody?: { required: boolean; content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; headers?: Json; content?: Record<string, { schema: Json }> }>;
}
export interface ParameterObject {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: Json;
}

/** What a schema describes: what may be sent, or what is answered. */
type Side = "input" | "output";

/** Everything of one side is converted at once, so that a schema has one name wherever it stands. */
class Converter {
  readonly #schemas: Record<Side, Set<Schema>> = { input: new Set(), output: new Set() };
  readonly #uses: { side: Side; schema: Schema; target: Json }[] = [];

  /** @returns an object that `finish` fills with the schema. */
  use(side: Side, schema: Schema): Json {
    const target: Json = {};
    this.#schemas[side].add(schema);
    this.#uses.push({ side, schema, target });
    return target;
  }

  /** @returns the named schemas. What is sent has a name of its own where it differs from what is answered. */
  finish(): Record<string, Json> {
    const sides = { input: this.#convert("input"), output: this.#convert("output") };
    const differing = differingNames(sides.input.definitions, sides.output.definitions);
    const renamed = (name: string, side: Side) => (side === "input" && differing.has(name) ? `${name}Request` : name);
    const placed = (side: Side, value: unknown): unknown => withReferences(value, (name) => renamed(name, side));
    for (const { side, schema, target } of this.#uses) {
      Object.assign(target, placed(side, sides[side].schemas.get(schema)));
    }
    const all = (["output", "input"] as const).flatMap((side) =>
      Object.entries(sides[side].definitions).map(([name, schema]) => [renamed(name, side), placed(side, schema)]),
    );
    return Object.fromEntries(all.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
  }

  #convert(side: Side): { schemas: Map<Schema, unknown>; definitions: Record<string, Json> } {
    const asked = [...this.#schemas[side]];
    const all = z.object(Object.fromEntries(asked.map((schema, index) => [`_${index}`, schema])));
    const { properties = {}, $defs = {} } = z.toJSONSchema(all, {
      io: side,
      target: "draft-2020-12",
      metadata: words,
      unrepresentable: "any",
      override: ({ jsonSchema }) => readable(jsonSchema),
    });
    const schemas = new Map(asked.map((schema, index) => [schema, properties[`_${index}`]]));
    return { schemas, definitions: $defs as Record<string, Json> };
  }
}

/** Leaves out what says nothing to a reader, or says it twice. */
function readable(schema: Json): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (JSON.stringify(schema.propertyNames) === `{"type":"string"}`) delete schema.propertyNames;
}

const LOCAL = "#/$defs/";

/** A copy whose references lead to the document's components. */
function withReferences(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, rename));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === "$ref" && typeof child === "string" && child.startsWith(LOCAL)
        ? [key, `#/components/schemas/${rename(child.slice(LOCAL.length))}`]
        : [key, withReferences(child, rename)],
    ),
  );
}

/** The names that mean something else on either side, and those that refer to such. */
function differingNames(input: Record<string, Json>, output: Record<string, Json>): Set<string> {
  const found = new Set<string>();
  const isFound = (name: string) => {
    if (!(name in output)) return false;
    const text = JSON.stringify(input[name]);
    return text !== JSON.stringify(output[name]) || [...found].some((other) => text.includes(`"${LOCAL}${other}"`));
  };
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const name of Object.keys(input)) if (isFound(name)) found.add(name);
  }
  return found;
}

const contentOf = (converter: Converter, side: Side, content: Content) =>
  Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema: converter.use(side, schema) }]));

function answerOf(
  converter: Converter,
  { description, headers, content }: Answer,
): OperationObject["responses"][string] {
  const header = (text: string) => ({ description: text, schema: { type: "string" } });
  return {
    description,
    ...(headers
      ? { headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, header(text)])) }
      : {}),
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
    components: { schemas, securitySchemes },
  };
}
