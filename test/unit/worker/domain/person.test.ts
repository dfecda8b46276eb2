import { describe, expect, it } from "vitest";
import { emailKey, person, splitName } from "../../../../worker/domain/person.ts";

describe("a name", () => {
  it.each([
    ["Ann", "Ann", null],
    ["Ann Lee", "Ann", "Lee"],
    ["Ann Mary Lee", "Ann Mary", "Lee"],
    ["Ann  Lee", "Ann", "Lee"],
    ["Vincent van Gogh", "Vincent van", "Gogh"],
    ["李小龍", "李小龍", null],
  ])("%j splits at its last space", (name, first, last) => {
    expect(splitName(name)).toEqual({ first, last });
  });

  it("is completed from its parts, and the parts from the whole", () => {
    expect(person({ name: "Ann Lee" })).toMatchObject({ name: "Ann Lee", first_name: "Ann", last_name: "Lee" });
    const parts = { first_name: "Ann", last_name: "Lee" };
    expect(person(parts)).toMatchObject({ name: "Ann Lee", ...parts });
    expect(person({ last_name: "Lee" })).toMatchObject({ name: "Lee", first_name: null, last_name: "Lee" });
    expect(person({ name: "A B", first_name: "C" })).toMatchObject({ name: "A B", first_name: "C", last_name: "B" });
  });

  it("of nobody is null, as is everything else", () => {
    expect(new Set(Object.values(person({})))).toEqual(new Set([null]));
    expect(Object.keys(person({}))).toHaveLength(9);
  });
});

describe("an e-mail address", () => {
  it("is compared without its case and the space around it", () => {
    expect([emailKey(" Ann@Example.ORG "), emailKey(null)]).toEqual(["ann@example.org", null]);
  });
});
