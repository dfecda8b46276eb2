/**
 * What is said first of a request that is wrong in several ways: an empty body, then everything that is wrong with its
 * fields at once, then what there is no such thing of, then who may, then what is asked of times.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { longer, NO_CHOICE, NOBODY, type Scene, sceneAt } from "./makers.ts";
import { hours, made } from "./makers-appointments.ts";
import { createLead, data, type FieldErrors, post, refused, somebody, withKey } from "./v1.ts";

const [REQUIRED, BLANK, IS_BLANK] = [
  "This field is required.",
  "This field may not be blank.",
  "This field is may not be blank.",
];
const most = (limit: number) => `Ensure this field has no more than ${limit} characters.`;
const PHONE = "Phone number must be entered in the format: '999999999'. Up to 15 digits allowed.";

let scene: Scene;
beforeEach(async () => {
  const at = edge();
  scene = await sceneAt(at, await withKey(at, await tenant(at)), "GET leads/list/");
});

/** Insists on exactly these errors. */
async function told(path: string, fields: object, errors: FieldErrors, status = 400, by = scene.of.admin) {
  const response = await post(scene.at, scene.of, path, fields as Record<string, unknown>, by);
  expect(await refused(response, status)).toEqual(errors);
}
const whole = (text: string): FieldErrors => ({ non_field_errors: [text] });
const byAgent = (path: string, fields: object, errors: FieldErrors, status = 400) =>
  told(path, fields, errors, status, scene.of.agent);

describe.each(["/v1/leads/create/lead/", "/leads/update/lead/"])("%s", (path) => {
  const isNew = path.includes("create");
  const valid = (over: object = {}) => somebody(isNew ? { ...over } : { slug: scene.lead.slug, ...over });

  test("names every field that is missing at once", async () => {
    const names = ["first_name", "last_name", "email", "phone", ...(isNew ? [] : ["slug"])];
    await told(path, {}, Object.fromEntries(names.map((name) => [name, [REQUIRED]])));
  });

  test("names every field that is wrong at once, and one thing about each", async () => {
    const long = longer(300);
    const fields = { first_name: " ", last_name: long, email: long, phone: "1", location: long, message: long };
    await told(path, valid({ ...fields, assignee: "" }), {
      first_name: [BLANK],
      last_name: [most(255)],
      email: [most(255)],
      phone: [PHONE],
      location: [most(255)],
      message: [most(255)],
      assignee: [BLANK],
    });
  });

  test("says what is wrong with a field before it asks for choices and assignees", async () => {
    const fields = valid({ phone: "1", status: NO_CHOICE, source: NO_CHOICE, assignee: NOBODY });
    await told(path, fields, { phone: [PHONE] });
  });

  test("names both choices that there are not", async () => {
    const wrong = [`${NO_CHOICE} is not a valid choice.`];
    await told(path, valid({ status: NO_CHOICE, source: NO_CHOICE }), { status: wrong, source: wrong });
  });
});

test("an edit: fields, choices and existence, then whose lead it is", async () => {
  const path = "/leads/update/lead/";
  const fields = (over: object) => somebody({ slug: scene.lead.slug, ...over });
  await told(path, fields({ slug: NOBODY, phone: "1" }), { phone: [PHONE] });
  await byAgent(path, fields({ phone: "1" }), { phone: [PHONE] });
  await byAgent(path, fields({ status: NO_CHOICE }), { status: [`${NO_CHOICE} is not a valid choice.`] });
  await byAgent(path, fields({ assignee: NOBODY }), { assignee: ["Assignee not found."] });
  await told(path, fields({ slug: NOBODY, assignee: NOBODY }), whole("Requested lead does not esixt."), 401);
  await byAgent(path, fields({}), whole("You are not owner of this lead."), 401);
});

test("notes: fields, then the lead or note, then whose it is", async () => {
  const { at, of, lead } = scene;
  const create = "/leads/create/leadnote/";
  await told(create, {}, { slug: [REQUIRED], note: [REQUIRED] });
  await told(create, { slug: "", note: longer(499) }, { slug: [BLANK], note: [most(499)] });
  await told(create, { slug: NOBODY, note: longer(499) }, { note: [most(499)] });
  await byAgent(create, { slug: lead.slug, note: "" }, { note: [BLANK] });
  await data(await post(at, of, "/leads/delete/lead/", { slug: lead.slug }));
  const gone = { slug: ["Requested lead already has a deleted status."] };
  await byAgent(create, { slug: lead.slug, note: "x" }, gone);
  await byAgent("/leads/delete/lead/", { slug: lead.slug }, gone);
  await byAgent("/leads/delete/leadnote/", { note_id: 999_999 }, { note_id: ["Requested note not found."] });
});

describe("an appointment", () => {
  const INVALID_DATE = ["Invalid date format."];
  const wrong = { slug: "", appointment_date: "soon", appointment_to: "2026-02-30 10:00" };
  const words = { appointment_note: longer(200), appointment_status: NO_CHOICE };
  const said = {
    slug: [IS_BLANK],
    appointment_date: INVALID_DATE,
    appointment_to: INVALID_DATE,
    appointment_note: [most(200)],
    appointment_status: ["Invalid appointment status."],
  };
  const backwards = () => ({ ...hours(scene, 24), appointment_to: hours(scene, 20).appointment_to });
  const ENDS_FIRST = "End Date Can't be prior to Start Date.";

  test("that is new: no body, fields, the lead, whose it is, times", async () => {
    const path = "/leads/create/appointment/";
    const { slug } = scene.lead;
    await told(path, {}, whole("Body data not found."), 401);
    const missing = { slug: [REQUIRED], appointment_date: [REQUIRED], appointment_to: [REQUIRED] };
    await told(path, { x: "y" }, missing);
    await told(path, { ...wrong, ...words }, said);
    await told(path, { ...wrong, slug: NOBODY }, { appointment_date: INVALID_DATE, appointment_to: INVALID_DATE });
    await told(path, { slug: NOBODY, ...backwards() }, { slug: ["Requested slug is invalid."] });
    await byAgent(path, { slug, ...backwards() }, { slug: ["You can't take appointment under this lead."] });
    const past = { appointment_date: hours(scene, -2).appointment_date, appointment_to: "2020-01-01 10:00" };
    await told(path, { slug, ...past }, whole(ENDS_FIRST), 401);
  });

  test("that changes: no body, fields, what it is and moves to, whose it is, times", async () => {
    const path = "/leads/update/appointment/";
    const { appointment_id } = await made(scene, 48);
    const NOT_FOUND = { appointment_id: ["Requested appointment not found."] };
    await told(path, {}, whole("Body data not found."), 401);
    await told(path, { x: "y" }, { appointment_id: [REQUIRED] });
    const invalid = { ...said, appointment_id: ["Invalid appointment id."] };
    await told(path, { appointment_id: "first", ...wrong, ...words }, invalid);
    await told(path, { appointment_id: 999_999, appointment_date: "soon" }, { appointment_date: INVALID_DATE });
    await told(path, { appointment_id: 999_999, slug: NOBODY, ...backwards() }, NOT_FOUND);
    await byAgent(path, { appointment_id, slug: NOBODY }, { slug: ["Requested slug is invalid."] });
    await byAgent(path, { appointment_id, ...backwards() }, whole("You can't update this appointment."), 401);
    const closed = await createLead(scene.at, scene.of, { status: "closed" });
    const under = { slug: ["You can't take appointment under this lead."] };
    await told(path, { appointment_id, slug: closed.slug, ...backwards() }, under);
    await told(path, { appointment_id, ...backwards() }, whole(ENDS_FIRST), 401);
  });
});
