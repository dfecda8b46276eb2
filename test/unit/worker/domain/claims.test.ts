import { describe, expect, it } from "vitest";
import { formClaims } from "../../../../worker/domain/claims.ts";

type Input = Parameters<typeof formClaims>[0];
const of = (more: Partial<Input>) =>
  formClaims({
    ...{ policy: "identical", category: "forms", pipelineId: 1, formId: "f", emailKey: null, phoneKey: null },
    answers: [{ name: "a", value: "x" }],
    ...more,
  });

describe("the claims of a form's lead", () => {
  it("are none where the policy is off", () => {
    expect(of({ policy: "off", emailKey: "e" })).toEqual([]);
  });

  it("are one of the whole content where identical requests are refused", () => {
    expect(of({ emailKey: "e", phoneKey: "p" }).map(({ kind }) => kind)).toEqual(["identical"]);
  });

  it("do not differ by the order of answers, by composition of letters and by space around", () => {
    const answers = [
      { name: "a", value: "é " },
      { name: "b", value: true },
    ];
    const others = [
      { name: "b", value: true },
      { name: "a", value: " e\u0301" },
    ];
    expect(of({ answers: others })).toEqual(of({ answers }));
  });

  it.each<[string, Partial<Input>]>([
    ["an answer", { answers: [{ name: "a", value: "y" }] }],
    ["the name of an answer", { answers: [{ name: "b", value: "x" }] }],
    ["the kind of an answer", { answers: [{ name: "a", value: true }] }],
    ["the form", { formId: "g" }],
    ["the pipeline", { pipelineId: 2 }],
    ["the category", { category: "chats" }],
  ])("differ by %s", (_what, more) => {
    expect(of(more)).not.toEqual(of({}));
  });

  it("compare an e-mail or phone by its key", () => {
    const answer = (value: string) => ({ answers: [{ name: "e", value, key: "ann@example.org" }] });
    expect(of(answer("Ann@Example.org"))).toEqual(of(answer("ann@example.org")));
  });

  it("are the person's e-mail and phone where a form wants one lead a person", () => {
    expect(of({ policy: "contact", emailKey: "e", phoneKey: "p" })).toEqual([
      { kind: "email", content: "e" },
      { kind: "phone", content: "p" },
    ]);
    expect(of({ policy: "contact", phoneKey: "p" })).toEqual([{ kind: "phone", content: "p" }]);
    expect(of({ policy: "contact" })).toEqual(of({}));
  });

  it("cannot be made equal by clever names and values", () => {
    const answers = [{ name: "a", value: 'x"],["b","y' }];
    const two = [
      { name: "a", value: "x" },
      { name: "b", value: "y" },
    ];
    expect(of({ answers })).not.toEqual(of({ answers: two }));
  });
});
