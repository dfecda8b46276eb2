import { describe, expect, it } from "vitest";
import en from "../../../widget/app/locales/en.ts";
import { problemText } from "../../../widget/form/problems.ts";
import { queryValue } from "../../../widget/lib/page-context.ts";
import { uuid } from "../../../widget/lib/uuid.ts";

describe("problemText", () => {
  it.each([
    ...["required", "type", "email", "phone", "choice", "too_short", "too_long", "consent", "url", "number", "date"],
    ...["time", "too_small", "too_large", "step", "too_early", "too_late", "too_few", "too_many"],
  ])("has words of the visitor's language for %s", (code) => {
    const text = problemText({ code, message: "The server's words.", limit: 12 }, en);
    expect(text).not.toBe("The server's words.");
    expect(text).not.toContain("{n}");
  });

  it("takes the server's words for a code that no browser has heard of", () => {
    expect(problemText({ code: "blocked", message: "Not from there." }, en)).toBe("Not from there.");
    expect(problemText({ code: "toString" }, en)).toBe(en.type);
    expect(problemText({ code: "too_long", message: "This is too long." }, en)).toBe("This is too long.");
  });
});

describe("queryValue", () => {
  it("prefers the page as it is now to the page as the visitor arrived", () => {
    const arrival = "https://a.example/?utm_source=x&plan=basic";
    expect(queryValue("plan", "https://a.example/p?plan=pro", arrival)).toBe("pro");
    expect(queryValue("utm_source", "https://a.example/p", arrival)).toBe("x");
    expect(queryValue("none", "https://a.example/p", arrival)).toBeUndefined();
  });
});

describe("uuid", () => {
  it("makes random ones of version 4", () => {
    const made = new Set(Array.from({ length: 1_000 }, uuid));
    expect(made.size).toBe(1_000);
    for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
