import { describe, expect, it } from "vitest";
import { keptIp, rateAddress } from "../../../../worker/domain/ip.ts";

describe("what is kept of an address", () => {
  it.each([
    ["198.51.100.77", "198.51.100.77", "198.51.100.0"],
    ["2001:db8:1234:5678:9abc::1", "2001:db8:1234:5678:9abc::1", "2001:db8:1234::"],
    ["2001:db8:12ff:ffff::1", "2001:db8:12ff:ffff::1", "2001:db8:12ff::"],
    ["::ffff:198.51.100.77", "::ffff:198.51.100.77", "198.51.100.0"],
    ["nonsense", null, null],
    ["", null, null],
    [null, null, null],
  ])("of %j: %j, truncated %j, or nothing", (address, full, truncated) => {
    expect([keptIp(address, "full"), keptIp(address, "truncated"), keptIp(address, "none")]).toEqual([
      full,
      truncated,
      null,
    ]);
  });
});

describe("what one visitor's requests are counted by", () => {
  it.each([
    ["198.51.100.77", "198.51.100.77"],
    ["::ffff:198.51.100.77", "198.51.100.77"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
    ["2001:db8:1:2:ffff::", "2001:db8:1:2::"],
    ["2001:db8:1:3::", "2001:db8:1:3::"],
    ["nonsense", "unknown"],
  ])("%s is %s", (address, counted) => {
    expect(rateAddress(address)).toBe(counted);
  });
});
