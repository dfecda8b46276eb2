/** `foyer.d.ts`, which pages take their types from, says what the loader's own types say. */
import { expect, expectTypeOf, test } from "vitest";
import type {
  Foyer,
  FoyerCall,
  FoyerEventDetail,
  FoyerEventName,
  FoyerScriptAttributes,
  FoyerSettings,
} from "../../widget/foyer.d.ts";
import type { EventDetail, EventName } from "../../widget/lib/emit.ts";
import type { Settings } from "../../widget/lib/instance.ts";
import type { Api } from "../../widget/loader/api.ts";

test("every call is there, and no other", () => {
  expectTypeOf<keyof Foyer>().toEqualTypeOf<keyof Api>();
  expectTypeOf<Api>().toExtend<Foyer>();
  expectTypeOf<FoyerCall[0]>().toEqualTypeOf<Exclude<keyof Api, "push">>();
  // As far as names and numbers of values go: the loader leaves open what values are.
  expectTypeOf<Parameters<Foyer["on"]>>().toEqualTypeOf<Parameters<Api["on"]>>();
  expectTypeOf<Parameters<Foyer["set"]>>().toEqualTypeOf<Parameters<Api["set"]>>();
  expectTypeOf<Parameters<Foyer["open" | "close" | "destroy"]>>().toEqualTypeOf<
    Parameters<Api["open" | "close" | "destroy"]>
  >();
});

test("events, their details and settings are the widget's", () => {
  expectTypeOf<FoyerEventName>().toEqualTypeOf<EventName>();
  expectTypeOf<FoyerEventDetail>().toEqualTypeOf<EventDetail>();
  expectTypeOf<FoyerSettings>().toEqualTypeOf<Settings>();
  expectTypeOf<Extract<keyof DocumentEventMap, `foyer:${string}`>>().toEqualTypeOf<`foyer:${EventName}`>();
});

test("a page's own calls compile, and wrong ones do not", () => {
  const calls: FoyerCall[] = [
    ["open"],
    ["prefill", { message: "From the price list" }],
    ["on", "sent", ({ lead }) => lead],
    ["set", { theme: "dark" }, "a form"],
  ];
  // @ts-expect-error There is no such event.
  calls.push(["on", "typed", () => {}]);
  const attributes: FoyerScriptAttributes = { "data-form": "a form", "data-mode": "inline" };
  expect([calls.length, Object.keys(attributes).length]).toEqual([5, 2]);
});
