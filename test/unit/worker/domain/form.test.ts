import { describe, expect, it } from "vitest";
import { allowsOrigin, honeypotOf } from "../../../../worker/domain/form.ts";
import { FormSettings } from "../../../../worker/domain/form-settings.ts";

const settings = (more: object = {}) =>
  FormSettings.parse({ name: "F", fields: [{ name: "a", type: "text", label: "A" }], ...more });

describe("allowed origins", () => {
  it.each([
    "*",
    "https://shop.example",
    "http://localhost:3000",
    "https://*.shop.example",
    "https://*.shop.example:8443",
    "http://[::1]:8787",
  ])("may be %s", (origin) => {
    expect(settings({ allowed_origins: [origin] }).allowed_origins).toEqual([origin]);
  });

  it.each([
    "shop.example",
    "https://shop.example/",
    "https://shop.example/path",
    "https://*",
    "https://*.*.example",
    "https://Shop.example",
    "ftp://shop.example",
    "https://user@shop.example",
    "https://shop.example:999999",
    "null",
    "",
  ])("may not be %j", (origin) => {
    expect(FormSettings.safeParse({ ...settings(), allowed_origins: [origin] }).success).toBe(false);
  });

  it("allow by the whole origin, or by the end of the host", () => {
    const form = settings({ allowed_origins: ["https://shop.example", "https://*.wild.example:8443"] });
    const allowed = ["https://shop.example", "https://a.wild.example:8443", "https://a.b.wild.example:8443"];
    const refused = ["https://shop.example.evil.test", "https://a.wild.example", "https://awild.example:8443", "null"];
    expect(allowed.map((origin) => allowsOrigin(form, origin))).toEqual([true, true, true]);
    expect(refused.map((origin) => allowsOrigin(form, origin))).toEqual([false, false, false, false]);
    expect(allowsOrigin(form, undefined)).toBe(true);
    expect(allowsOrigin(settings({ allow_missing_origin: false }), undefined)).toBe(false);
    expect(allowsOrigin(settings({ allow_null_origin: true }), "null")).toBe(true);
  });
});

describe("the honeypot", () => {
  it("is never a field of the form, even if it has all the usual names", () => {
    const names = ["homepage", "fax_number", "nickname", "second_address", "hp_field"];
    const fields = names.map((name) => ({ name, type: "text", label: name }));
    expect(honeypotOf(settings())).toBe("homepage");
    expect(names).not.toContain(honeypotOf(settings({ fields })));
  });
});
