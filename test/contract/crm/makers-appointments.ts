/** Errors about appointments. */
import { longer, type Maker, type Makers, NO_CHOICE, NOBODY, type Scene, type Wrongly, wrongly } from "./makers.ts";
import { type CrmAppointment, createLead, data, post, timeAt } from "./v1.ts";

const HOUR_MS = 3_600_000;
/** From so many hours from now on, for an hour. */
export const hours = ({ at }: Pick<Scene, "at">, from: number) => ({
  appointment_date: timeAt(at.clock.now + from * HOUR_MS),
  appointment_to: timeAt(at.clock.now + (from + 1) * HOUR_MS),
});

/** An appointment of the administrator's, that many hours from now. */
export async function made({ at, of, lead }: Scene, from: number, slug = lead.slug): Promise<CrmAppointment> {
  const fields = { slug, ...hours({ at }, from) };
  return data(await post(at, of, "/leads/create/appointment/", fields));
}

const create = wrongly(async (scene) => ({ slug: scene.lead.slug, ...hours(scene, 24) }));
const update = wrongly(async (scene) => ({
  appointment_id: (await made(scene, 48)).appointment_id,
  ...hours(scene, 72),
}));
const remove = wrongly(async (scene) => ({ appointment_id: (await made(scene, 48)).appointment_id }));

const required = (to: Wrongly, field: string) => ({ [`${field}: This field is required.`]: to.without(field) });
const blank = (to: Wrongly, field: string) => ({
  [`${field}: This field is may not be blank.`]: to.with({ [field]: "" }),
});

const known = (to: Wrongly): Record<string, Maker> => ({
  ...required(to, "appointment_id"),
  ...blank(to, "appointment_id"),
  "appointment_id: Invalid appointment id.": to.with({ appointment_id: "the first" }),
  "appointment_id: Requested appointment not found.": to.with({ appointment_id: 999_999 }),
});

/** What may be wrong with an appointment, whether new or not. */
const words = (to: Wrongly): Record<string, Maker> => ({
  "-: Body data not found.": (scene) => scene.send({}),
  "-: Appointment schedule exists for this time.": async (scene) => {
    await made(scene, 100);
    return to.with(hours(scene, 100.5))(scene);
  },
  "-: End Date Can't be prior to Start Date.": async (scene) =>
    to.with({ appointment_to: hours(scene, 10).appointment_date })(scene),
  "-: Please Specify a date in the future.": async (scene) => to.with(hours(scene, -2))(scene),
  ...blank(to, "slug"),
  "slug: Requested slug is invalid.": to.with({ slug: NOBODY }),
  "slug: You can't take appointment under this lead.": async (scene) => {
    const closed = await createLead(scene.at, scene.of, { status: "closed" });
    return to.with({ slug: closed.slug })(scene);
  },
  ...blank(to, "appointment_date"),
  "appointment_date: Invalid date format.": to.with({ appointment_date: "03/04/2026 10:00" }),
  ...blank(to, "appointment_to"),
  "appointment_to: Invalid date format.": to.with({ appointment_to: "2026-02-30 10:00" }),
  "appointment_note: Ensure this field has no more than 200 characters.": to.with({ appointment_note: longer(200) }),
  "appointment_status: Invalid appointment status.": to.with({ appointment_status: NO_CHOICE }),
});

export const APPOINTMENT_MAKERS: Makers = {
  "POST leads/create/appointment/": {
    ...words(create),
    ...required(create, "slug"),
    ...required(create, "appointment_date"),
    ...required(create, "appointment_to"),
  },
  "POST leads/update/appointment/": {
    ...words(update),
    ...known(update),
    "-: You can't update this appointment.": update.with({}, "agent"),
  },
  "POST leads/delete/appointment/": {
    ...known(remove),
    "-: You can't delete this appointment.": remove.with({}, "agent"),
  },
};
