/** Errors about leads and notes. */
import { longer, type Maker, type Makers, NO_CHOICE, NOBODY, type Scene, type Wrongly, wrongly } from "./makers.ts";
import { data, post, somebody } from "./v1.ts";

const PHONE = "phone: Phone number must be entered in the format: '999999999'. Up to 15 digits allowed.";
const mostOf = (field: string, limit = 255) => `${field}: Ensure this field has no more than ${limit} characters.`;

const missing = (to: Wrongly, field: string): Record<string, Maker> => ({
  [`${field}: This field is required.`]: to.without(field),
  [`${field}: This field may not be blank.`]: to.with({ [field]: "" }),
});
const long = (to: Wrongly, field: string, limit = 255): Record<string, Maker> => ({
  [mostOf(field, limit)]: to.with({ [field]: longer(limit) }),
});

/** What may be wrong with a lead's words, whether new or not. */
const leadFields = (to: Wrongly): Record<string, Maker> => ({
  ...missing(to, "first_name"),
  ...long(to, "first_name"),
  ...missing(to, "last_name"),
  ...long(to, "last_name"),
  ...missing(to, "email"),
  ...long(to, "email"),
  "email: Invalid email.": to.with({ email: "ada at example.org" }),
  ...missing(to, "phone"),
  [PHONE]: to.with({ phone: "1234567890123456" }),
  ...long(to, "location"),
  ...long(to, "message"),
  "status: <status> is not a valid choice.": to.with({ status: NO_CHOICE }),
  "source: <source> is not a valid choice.": to.with({ source: NO_CHOICE }),
  "assignee: This field may not be blank.": to.with({ assignee: "" }),
  "assignee: Assignee not found.": to.with({ assignee: NOBODY }),
});

const slugOf = async ({ lead }: Scene) => ({ slug: lead.slug });
const create = wrongly(async () => somebody());
const update = wrongly(async ({ lead }) => somebody({ slug: lead.slug }));
const remove = wrongly(slugOf);
const note = wrongly(async ({ lead }) => ({ slug: lead.slug, note: "Two doors" }));
const noNote = wrongly(async ({ at, of, lead }) => {
  const written = post(at, of, "/leads/create/leadnote/", { slug: lead.slug, note: "Two doors" });
  return { note_id: (await data<{ note_id: number }>(await written)).note_id };
});

/** First the lead is deleted. */
const ofDeleted =
  (maker: Maker): Maker =>
  async (scene) => {
    const { at, of, lead } = scene;
    await data(await post(at, of, "/leads/delete/lead/", { slug: lead.slug }));
    return maker(scene);
  };

const leadGone = (to: Wrongly): Record<string, Maker> => ({
  ...missing(to, "slug"),
  "slug: Requested lead not found.": to.with({ slug: NOBODY }),
  "slug: Requested lead already has a deleted status.": ofDeleted(to.with({})),
});

export const LEAD_MAKERS: Makers = {
  "GET leads/overview/": {
    "appointment: Invalid appointment filter value.": (scene) => scene.send({ appointment: "yesterday" }),
  },
  "GET leads/view/lead/": {
    "slug: This field is required and this may not be blank.": (scene) => scene.send({}),
    "slug: Requested slug is invalid.": (scene) => scene.send({ slug: NOBODY }),
  },
  "POST v1/leads/create/lead/": leadFields(create),
  "POST leads/update/lead/": {
    ...missing(update, "slug"),
    ...long(update, "slug", 258),
    ...leadFields(update),
    "-: Requested lead does not esixt.": ofDeleted(update.with({})),
    "-: You are not owner of this lead.": update.with({}, "agent"),
  },
  "POST leads/delete/lead/": { ...leadGone(remove), "-: You can't delete this lead.": remove.with({}, "agent") },
  "POST leads/create/leadnote/": {
    ...leadGone(note),
    ...missing(note, "note"),
    ...long(note, "note", 499),
    "-: You can't add note on this lead.": note.with({}, "agent"),
  },
  "POST leads/delete/leadnote/": {
    ...missing(noNote, "note_id"),
    "note_id: Requested note not found.": noNote.with({ note_id: 999_999 }),
    "note_id: Invalid note id.": noNote.with({ note_id: "the first" }),
    "-: You can't delete this note.": noNote.with({}, "agent"),
  },
};
