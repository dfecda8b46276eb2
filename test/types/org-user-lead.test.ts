/**
 * Typed clients of the v5 API compile against npm `@giosg/types`. What the serializer answers is assignable to its
 * LeadFormData, but for two differences that the type below writes down:
 *
 * - Ids there are nominal (`string & { __nominal }`): the same text, which no value of ours can carry the mark of.
 * - Some fields are declared without null that the document itself shows as null (`sensitive_data_purged_at`), or that
 *   have no value where there is no room, form, visitor or page. Where they have one, it is of the declared type.
 */
import type { LeadFormData, LeadFormDataPayload } from "@giosg/types";
import { expect, expectTypeOf, test } from "vitest";
import { type LeadBody, leadBody } from "../../worker/api/org-user/serializers.ts";
import type { Lead } from "../../worker/domain/lead.ts";

/** A type of the package without the marks of its nominal ids, in depth. */
type Plain<T> = T extends string
  ? string extends T
    ? string
    : T extends { readonly __nominal: string }
      ? string
      : T
  : T extends object
    ? { [K in keyof T]: Plain<T[K]> }
    : T;

/** Declared without null, and null where there is none. */
type Nullable =
  | "lead_form_id"
  | "room_id"
  | "visitor_id"
  | "page_url"
  | "page_title"
  | "legacy_room_id"
  | "sensitive_data_purged_at";

type Declared = Plain<LeadFormData>;
type Answered = { [K in keyof Declared]: K extends Nullable ? Declared[K] | null : Declared[K] };

const LEAD: Lead = {
  id: 1,
  uuid: "4d0648b8-9074-11e6-963e-f45c89c72de3",
  state: "assigned",
  version: 2,
  changeId: "a change",
  formId: null,
  roomId: null,
  visitorId: null,
  owner: { id: 1, uuid: "ac83d426-be80-4d75-8c62-49a77f98468e", firstName: "Bill", lastName: "Giosg" },
  isProcessable: false,
  category: "forms",
  person: {
    ...{ name: "Lead Man", first_name: null, last_name: null, email: "lead.man@superheroes.gov", phone: null },
    ...{ company: null, title: null, message: null, location: null },
  },
  answers: [{ name: "email", mapsTo: "email" }],
  pageUrl: null,
  pageTitle: null,
  spam: [],
  receivedAt: 0,
  updatedAt: 0,
  closedAt: null,
  purgedAt: null,
};

test("what the serializer answers is assignable to the lead of typed clients", () => {
  expectTypeOf<LeadBody>().toExtend<Answered>();
  const answered: Answered = leadBody(LEAD, "7c99425e-9529-11e6-8107-f45c89c72de3");
  expect(answered.assigned_user?.full_name).toBe("Bill Giosg");
});

test("every key that typed clients read is in the answer, and no other", () => {
  expectTypeOf<keyof LeadBody>().toEqualTypeOf<keyof LeadFormData>();
  expectTypeOf<keyof NonNullable<LeadBody["assigned_user"]>>().toEqualTypeOf<
    keyof NonNullable<LeadFormData["assigned_user"]>
  >();
  const keys: Record<keyof LeadFormData, true> = {
    ...{ id: true, lead_form_id: true, organization_id: true, room_id: true, legacy_room_id: true },
    ...{ assigned_user_id: true, assigned_user: true, visitor_id: true, is_closed: true, is_processable: true },
    ...{ page_url: true, page_title: true, data: true, created_at: true, updated_at: true, closed_at: true },
    sensitive_data_purged_at: true,
  };
  expect(Object.keys(leadBody(LEAD, "an organization")).sort()).toEqual(Object.keys(keys).sort());
});

test("only fields declared here as nullable differ in null from the package", () => {
  type Differs = { [K in keyof Declared]: LeadBody[K] extends Declared[K] ? never : K }[keyof Declared];
  expectTypeOf<Differs>().toEqualTypeOf<Nullable>();
  expect(leadBody(LEAD, "an organization").legacy_room_id).toBeNull();
});

test("what typed clients send is what an update takes", () => {
  const sent: Plain<LeadFormDataPayload> = { assigned_user_id: null, is_closed: true };
  expectTypeOf<keyof LeadFormDataPayload>().toEqualTypeOf<"assigned_user_id" | "is_closed">();
  expect(Object.keys(sent)).toEqual(["assigned_user_id", "is_closed"]);
});
