/** From the dialects' schemas to the JSON Schemas of one OpenAPI document. */
import * as z from "zod/mini";
import { type Schema, words } from "./openapi.ts";

/** A JSON Schema of draft 2020-12, or any other object of the document. */
export type Json = { [key: string]: unknown };

/** What a schema describes: what may be sent, or what is answered. */
export type Side = "input" | "output";

/** Everything of one side is converted at once, so that a schema has one name wherever it stands. */
export class Converter {
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
