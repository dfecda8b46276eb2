/** The document's own table of errors, row by row: each is made by a real request, with its status, field and text. */
import { describe, expect, test } from "vitest";
import table from "../../fixtures/crm/errors.tsv?raw";
import { edge, tenant } from "../../support/edge.ts";
import { type Makers, NO_CHOICE, sceneAt } from "./makers.ts";
import { APPOINTMENT_MAKERS } from "./makers-appointments.ts";
import { LEAD_MAKERS } from "./makers-leads.ts";
import { refused, withKey } from "./v1.ts";

const MAKERS: Makers = { ...LEAD_MAKERS, ...APPOINTMENT_MAKERS };

const ROWS = table
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [endpoint = "", status = "", field = "", message = ""] = line.split("\t");
    return { endpoint, status: Number(status), field, message };
  });
const nameOf = (row: { endpoint: string; field: string; message: string }) =>
  `${row.endpoint} ${row.field}: ${row.message}`;

test("every row of the table has one maker, and every maker its row", () => {
  const makers = Object.entries(MAKERS).flatMap(([endpoint, of]) => Object.keys(of).map((is) => `${endpoint} ${is}`));
  expect(ROWS.length).toBeGreaterThan(100);
  expect(makers.sort()).toEqual(ROWS.map(nameOf).sort());
});

describe.each([...new Set(ROWS.map(({ endpoint }) => endpoint))])("%s", (endpoint) => {
  const rows = ROWS.filter((row) => row.endpoint === endpoint);

  test.each(rows)("$status $field: $message", async ({ status, field, message }) => {
    const at = edge();
    const scene = await sceneAt(at, await withKey(at, await tenant(at)), endpoint);
    const response = await MAKERS[endpoint]?.[`${field}: ${message}`]?.(scene);
    if (response === undefined) throw new Error("nothing makes it");
    const text = message.replace(/<status>|<source>/, NO_CHOICE);
    expect(await refused(response, status)).toEqual({ [field === "-" ? "non_field_errors" : field]: [text] });
  });
});
