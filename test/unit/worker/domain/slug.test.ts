import { describe, expect, it } from "vitest";
import { slugOf } from "../../../../worker/domain/slug.ts";

const ZEROS = new Uint8Array(10);

describe("a slug", () => {
  it.each([
    ["Lead Man", "lead-man-aaaaaaaaaa"],
    ["  Ann --- Lee! ", "ann-lee-aaaaaaaaaa"],
    ["Þór Ægisdóttir", "þor-ægisdottir-aaaaaaaaaa"],
    ["李 小龍", "李-小龍-aaaaaaaaaa"],
    ["../../etc/passwd?x#y", "etc-passwd-x-y-aaaaaaaaaa"],
    ["😀", "lead-aaaaaaaaaa"],
    ["", "lead-aaaaaaaaaa"],
    [null, "lead-aaaaaaaaaa"],
  ])("of %j is %s", (name, slug) => {
    expect(slugOf(name, ZEROS)).toBe(slug);
  });

  it("is cut, and never ends its name with a dash", () => {
    const slug = slugOf(`${"a".repeat(79)} ${"b".repeat(500)}`, ZEROS);
    expect(slug).toBe(`${"a".repeat(79)}-aaaaaaaaaa`);
    expect(slugOf("x".repeat(999), ZEROS)).toHaveLength(91);
  });

  it("ends in fifty bits of chance", () => {
    const bytes = Uint8Array.from([0, 25, 26, 31, 32, 57, 63, 255, 128, 7, 99]);
    expect(slugOf("a", bytes)).toBe("a-az27az77ah");
  });
});
