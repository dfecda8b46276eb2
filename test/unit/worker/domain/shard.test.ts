import { describe, expect, it } from "vitest";
import { formId, shardOfForm } from "../../../../worker/domain/shard.ts";

describe("a form's id", () => {
  it.each([0, 1, 255, 65_535])("carries the database's number %i, and is a version 8 UUID", (shard) => {
    const id = formId("0197a1b2-1234-4abc-9def-0123456789ab", shard);
    expect(id).toBe(`0197a1b2-1234-8abc-9def-01234567${shard.toString(16).padStart(4, "0")}`);
    expect(shardOfForm(id)).toBe(shard);
  });

  it.each([
    "0197a1b2-1234-4abc-9def-012345670000",
    "0197a1b2-1234-8abc-cdef-012345670000",
    "0197A1B2-1234-8abc-9def-012345670000",
    "0197a1b2-1234-8abc-9def-012345670000 ",
    "0197a1b2-1234-8abc-9def-01234567000",
    "",
  ])("is not %j", (text) => {
    expect(shardOfForm(text)).toBeNull();
  });
});
