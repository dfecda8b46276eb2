import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accountsOf,
  formId,
  mailToken,
  organizationId,
  shardOfAccount,
  shardOfForm,
  shardOfMailToken,
  shardOfOrganization,
} from "../../../../worker/domain/shard.ts";

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

const shards = fc.nat(0xffff);
const uuids = fc.uuid({ version: [1, 4, 7] });

it("whatever an organization is known by leads back to its database", () => {
  fc.assert(
    fc.property(
      shards,
      uuids,
      fc.nat(999_999),
      fc.string({ unit: fc.constantFrom(..."az27"), minLength: 26, maxLength: 26 }),
      (shard, uuid, nth, random) => {
        expect(shardOfForm(formId(uuid, shard))).toBe(shard);
        expect(shardOfOrganization(organizationId(uuid, shard))).toBe(shard);
        expect(shardOfMailToken(mailToken(random, shard))).toBe(shard);
        const { first, last } = accountsOf(shard);
        expect(shardOfAccount(first + nth)).toBe(shard);
        expect([shardOfAccount(last), shardOfAccount(last + 1), first + 999_999]).toEqual([shard, shard + 1, last]);
      },
    ),
  );
});

it("an organization of the first database keeps the UUID that it was made of", () => {
  fc.assert(fc.property(uuids, (uuid) => organizationId(uuid, 0) === uuid));
  expect(shardOfAccount(0)).toBeLessThan(0);
});
