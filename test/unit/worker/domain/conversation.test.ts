/** A form asked one question after another: in its order, once each, judged as its page judges it. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readAnswers } from "../../../../shared/answers.ts";
import type { ChatAnswer } from "../../../../shared/chat-frames.ts";
import * as rare from "../../../../shared/rare-answers.ts";
import {
  answered,
  asks,
  enteredIn,
  farewell,
  given,
  greeting,
  lacksConsent,
  NO_TALK,
  notInNow,
  question,
  type Talk,
} from "../../../../worker/domain/conversation.ts";
import { FormSettings } from "../../../../worker/domain/form-settings.ts";

const field = (name: string, more: object = {}) => ({ name, type: "text", label: `Your ${name}?`, ...more });
const chat = (fields: object[], more: object = {}): FormSettings =>
  FormSettings.parse({ name: "Chat", mode: "chat", fields, ...more });
const CONSENT = { version: "1", text: "We keep what you say." };
const COLOURS = [
  { value: "r", label: "Red" },
  { value: "g", label: "Green" },
];

/** The talk after this answer. @throws where it is not taken. */
function told(settings: FormSettings, talk: Talk, name: string, value: ChatAnswer): Talk {
  const result = answered(settings, talk, name, value);
  if (!result.ok) throw new Error(`${name}: ${result.failure}`);
  return result.value.talk;
}
const problem = (settings: FormSettings, talk: Talk, name: string, value: ChatAnswer) => {
  const result = answered(settings, talk, name, value);
  return result.ok ? null : result.failure;
};
const bubble = (settings: FormSettings, talk: Talk, name: string, value: ChatAnswer) => {
  const result = answered(settings, talk, name, value);
  return result.ok ? result.value.text : null;
};

describe("what is asked", () => {
  const form = chat([
    field("name"),
    field("utm", { type: "hidden" }),
    field("mail", { type: "email", required: true }),
  ]);

  it("is each field in the form's order, hidden ones never, and then nothing", () => {
    expect(asks(form, NO_TALK)).toBe("name");
    const named = told(form, NO_TALK, "name", "Ada");
    expect(asks(form, named)).toBe("mail");
    expect(asks(form, told(form, named, "mail", "a@b.example"))).toBeNull();
  });

  it("is consent first where the form has one, required or not, and once", () => {
    for (const required of [true, false]) {
      const asking = chat([field("name")], { consent: { ...CONSENT, required } });
      expect(asks(asking, NO_TALK)).toBe("consent");
      expect(asks(asking, told(asking, NO_TALK, "consent", true))).toBe("name");
    }
  });

  it("is what its condition shows, by the answers so far", () => {
    const form = chat([
      field("how", { type: "radio", options: COLOURS }),
      field("why", { visible_if: { field: "how", op: "equals", value: "r" } }),
    ]);
    expect(asks(form, told(form, NO_TALK, "how", "r"))).toBe("why");
    expect(asks(form, told(form, NO_TALK, "how", "g"))).toBeNull();
  });

  it("is asked again where the form has become stricter since", () => {
    const said = told(form, told(form, NO_TALK, "name", "Ada"), "mail", "a@b.example");
    expect(asks(chat([field("name", { min_length: 10 })]), said)).toBe("name");
    const skipped = told(form, NO_TALK, "name", null);
    expect(asks(chat([field("name", { required: true })]), skipped)).toBe("name");
    expect(asks(chat([field("name")], { consent: CONSENT }), { ...said, consent: false })).toBe("consent");
  });
});

describe("an answer", () => {
  const form = chat([
    field("name"),
    field("mail", { type: "email", required: true }),
    field("colour", { type: "select", options: COLOURS }),
    field("colours", { type: "checkboxes", options: COLOURS }),
    field("news", { type: "checkbox" }),
    field("ref", { type: "hidden" }),
  ]);
  const named = told(form, NO_TALK, "name", "  Ada ");

  it("is kept tidied", () => {
    expect(named.answers).toEqual({ name: "Ada" });
    expect(told(form, NO_TALK, "name", "a\0b\ud800").answers).toEqual({ name: "ab\ufffd" });
  });

  test.each<[string, ChatAnswer, string]>([
    ["mail", "nobody", "email"],
    ["mail", "", "required"],
    ["mail", null, "required"],
    ["mail", true, "type"],
    ["mail", ["a@b.example"], "type"],
    ["colour", "r", "unknown"],
    ["ref", "x", "unknown"],
    ["nothing", "x", "unknown"],
    ["__proto__", "x", "unknown"],
    ["consent", true, "unknown"],
  ])("to %s of %j is refused as %s, and changes nothing", (name, value, code) => {
    const before = structuredClone(named);
    expect(problem(form, named, name, value)).toBe(code);
    expect(named).toEqual(before);
  });

  it("may correct an earlier one, and leaves what is asked now", () => {
    const corrected = told(form, named, "name", "Grace");
    expect([corrected.answers.name, asks(form, corrected)]).toEqual(["Grace", "mail"]);
  });

  it("that empties an optional field leaves it out, as null does, until it is answered after all", () => {
    for (const nothing of ["  ", null]) {
      const skipped = told(form, named, "name", nothing);
      expect([skipped.answers, skipped.skipped, asks(form, skipped)]).toEqual([{}, ["name"], "mail"]);
      expect(told(form, skipped, "name", "Ada")).toEqual(named);
    }
  });

  it("says in its bubble what was chosen, as the visitor reads it", () => {
    const said = told(form, named, "mail", "a@b.example");
    const chosen = told(form, said, "colour", "g");
    const ticked = told(form, chosen, "colours", ["g", "r"]);
    expect(bubble(form, named, "mail", " a@b.example ")).toBe("a@b.example");
    expect(bubble(form, said, "colour", "g")).toBe("Green");
    expect(bubble(form, chosen, "colours", ["g", "r"])).toBe("Red, Green");
    expect(bubble(form, ticked, "news", true)).toBe("✓");
    expect(bubble(form, ticked, "news", false)).toBe("–");
    expect(bubble(form, named, "name", null)).toBe("–");
  });

  it("that a corrected one hides counts no more, is not answered anew, and counts again when it is shown", () => {
    const form = chat([
      field("how", { type: "radio", options: COLOURS }),
      field("why", { visible_if: { field: "how", op: "equals", value: "r" } }),
    ]);
    const said = told(form, told(form, NO_TALK, "how", "r"), "why", "Because");
    const names = (talk: Talk) => enteredIn(form, talk).map(({ field }) => field.name);
    const hidden = told(form, said, "how", "g");
    expect([names(said), names(hidden), problem(form, hidden, "why", "x")]).toEqual([
      ["how", "why"],
      ["how"],
      "unknown",
    ]);
    expect(names(told(form, hidden, "how", "r"))).toEqual(["how", "why"]);
  });
});

describe("consent", () => {
  const required = chat([field("name")], { consent: CONSENT });
  const optional = chat([field("name")], { consent: { ...CONSENT, required: false } });

  test.each<ChatAnswer>([false, null])("that is required is not left out by %j", (value) => {
    expect(problem(required, NO_TALK, "consent", value)).toBe("consent");
    expect(lacksConsent(required, NO_TALK)).toBe(true);
  });

  it("that is optional may be, and is not asked again", () => {
    const refused = told(optional, NO_TALK, "consent", null);
    expect([refused.consent, asks(optional, refused), lacksConsent(optional, refused)]).toEqual([false, "name", false]);
  });

  it("is a yes or a no, and nothing is asked before it", () => {
    expect(problem(optional, NO_TALK, "consent", "yes")).toBe("type");
    expect(problem(optional, NO_TALK, "name", "Ada")).toBe("unknown");
  });

  it("may be given later, and an optional one withdrawn", () => {
    const refused = told(optional, NO_TALK, "consent", false);
    const given = told(optional, refused, "consent", true);
    expect([given.consent, told(optional, given, "consent", false).consent]).toEqual([true, false]);
    expect(problem(required, told(required, NO_TALK, "consent", true), "consent", false)).toBe("consent");
  });

  it("of a form without one is a field like any other", () => {
    const form = chat([field("consent")]);
    expect(told(form, NO_TALK, "consent", "Yes").answers).toEqual({ consent: "Yes" });
  });
});

describe("what the page knows", () => {
  const form = chat([
    field("mail", { type: "email", required: true }),
    field("ref", { type: "hidden" }),
    field("why", { visible_if: { field: "mail", op: "filled" } }),
  ]);

  it("is taken where it is valid, asked no more, and can be corrected", () => {
    const known = given(form, NO_TALK, { mail: "a@b.example", ref: "ad", nothing: "x" });
    expect(known.answers).toEqual({ mail: "a@b.example", ref: "ad" });
    expect(asks(form, known)).toBe("why");
    expect(told(form, known, "mail", "c@d.example").answers.mail).toBe("c@d.example");
  });

  it("is left where it is not valid, or was answered", () => {
    expect(given(form, NO_TALK, { mail: "nobody", ref: "" }).answers).toEqual({});
    const said = told(form, NO_TALK, "mail", "a@b.example");
    expect(given(form, said, { mail: "c@d.example" })).toEqual(said);
  });

  it("counts once its condition shows it", () => {
    const known = given(form, NO_TALK, { why: "Because" });
    expect(enteredIn(form, known)).toEqual([]);
    expect(enteredIn(form, told(form, known, "mail", "a@b.example"))).toHaveLength(2);
  });
});

describe("whatever is answered, in whatever order", () => {
  const form = chat(
    [
      field("name", { required: true, min_length: 2 }),
      field("mail", { type: "email", required: true }),
      field("colours", { type: "checkboxes", options: COLOURS, max: 1 }),
      field("count", { type: "number", min: 1, visible_if: { field: "colours", op: "contains", value: "r" } }),
      field("news", { type: "checkbox" }),
    ],
    { consent: CONSENT },
  );
  const someValue = fc.oneof(
    fc.constantFrom<ChatAnswer>(null, true, false, "", "Ada", "a@b.example", "7", "0", ["r"], ["g"], ["r", "g"], []),
    fc.string(),
  );
  const someField = fc.constantFrom("consent", "name", "mail", "colours", "count", "news", "other");

  it("what is kept is what the form's page would send, and the end is reached", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(someField, someValue), { maxLength: 40 }), (answers) => {
        let talk = NO_TALK;
        for (const [name, value] of answers) {
          const result = answered(form, talk, name, value);
          if (result.ok) talk = result.value.talk;
        }
        const read = readAnswers(form.fields, ({ name }) => talk.answers[name], rare);
        for (const { field, value, problem } of read) {
          if (value !== undefined) expect([field.name, problem]).toEqual([field.name, undefined]);
          if (talk.skipped.includes(field.name)) expect(field.required).toBe(false);
        }
        if (asks(form, talk) === null) {
          expect([talk.consent, ...read.map(({ problem }) => problem)]).toEqual([
            true,
            ...form.fields.map(() => undefined),
          ]);
        }
        const good: Record<string, ChatAnswer> = { consent: true, name: "Ada", mail: "a@b.example", count: "7" };
        for (let ask = asks(form, talk), asked = 0; ask !== null; ask = asks(form, talk), asked += 1) {
          expect(asked).toBeLessThan(6);
          talk = told(form, talk, ask, good[ask] ?? null);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("the bot", () => {
  const until = Date.parse("2026-03-09T07:00:00Z");
  const away = { text: null, until, timeZone: "Europe/Helsinki" };
  const plain = chat([field("name")]);

  it("says what the form says", () => {
    const texts = { greeting: "Moi!", thanks_text: "Kiitti." };
    const own = chat([field("name")], { texts, consent: { ...CONSENT, url: "https://a.example/privacy" } });
    expect(greeting(own, [], null)).toBe("Moi!");
    expect(farewell(own, [])).toBe("Kiitti.");
    expect([question(own, "name", []), question(own, "other", [])]).toEqual(["Your name?", ""]);
    expect(question(own, "consent", [])).toBe("We keep what you say. https://a.example/privacy");
  });

  it("else speaks the form's language, else the visitor's, else English", () => {
    expect(greeting(chat([field("name")], { locale: "fi" }), ["de"], null)).toBe("Hei! Miten voimme auttaa?");
    expect(farewell(plain, ["xx", "de-at"])).toMatch(/^Vielen Dank!/);
    expect(greeting(plain, [], null)).toMatch(/^Hello!/);
  });

  it("says when somebody is in again, on the organization's clocks", () => {
    expect(greeting(plain, ["en"], away)).toMatch(/^Hello! Nobody is here .* We are back on Monday, March 9 at 09:00/);
    expect(greeting(plain, ["de"], { ...away, text: "Zu.", until: null })).toBe("Zu.");
    expect(notInNow(["fi"], away)).toMatch(/paikalla: maanantai\S* 9\. maaliskuuta/);
    expect(notInNow([], null)).toMatch(/^Nobody is in right now/);
  });
});
