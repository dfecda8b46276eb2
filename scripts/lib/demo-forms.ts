/** The forms of the demo: what a salesperson would show, open to any page and never out of patience. */
import type { FormField } from "../../shared/lead-fields.ts";
import type { NewForm } from "./admin-client.ts";

const name: FormField = {
  name: "name",
  type: "text",
  label: "Name",
  required: true,
  autocomplete: "name",
  maps_to: "name",
};
const email: FormField = {
  name: "email",
  type: "email",
  label: "Work e-mail",
  required: true,
  autocomplete: "email",
  maps_to: "email",
};
const phone: FormField = {
  name: "phone",
  type: "phone",
  label: "Phone",
  help: "Only if you would rather be called.",
  required: false,
  autocomplete: "tel",
  maps_to: "phone",
};
const company: FormField = {
  name: "company",
  type: "text",
  label: "Company",
  required: false,
  autocomplete: "organization",
  maps_to: "company",
};
const size: FormField = {
  name: "team_size",
  type: "select",
  label: "People in your team",
  required: false,
  options: [
    { value: "1-10", label: "1 to 10" },
    { value: "11-50", label: "11 to 50" },
    { value: "51+", label: "More than 50" },
  ],
};
const message: FormField = {
  name: "message",
  type: "textarea",
  label: "What can we help with?",
  required: false,
  maps_to: "message",
};
const newsletter: FormField = {
  name: "newsletter",
  type: "checkbox",
  label: "Send me the monthly product letter",
  required: false,
};
const campaign: FormField = {
  name: "campaign",
  type: "hidden",
  label: "Campaign",
  required: false,
  query: "utm_campaign",
};

/**
 * Any page may send, also none, as often as it likes, and nearly as fast: whoever drives the demo by a program, and
 * fills a form in faster than people do, should find the lead in the list and not among the suspected spam.
 */
const open = {
  allowed_origins: ["*"],
  allow_null_origin: true,
  allow_missing_origin: true,
  rate_limit_per_minute: null,
  address_rate_limit_per_minute: null,
  min_elapsed_ms: 100,
} satisfies Partial<NewForm>;

const consent = {
  version: "2026-10",
  text: "You may use what I entered to answer this request.",
  required: true,
};

/** The launcher's form on the demo page. */
export const popupForm: NewForm = {
  ...open,
  name: "Talk to sales",
  mode: "form",
  fields: [name, email, phone, message, campaign],
  consent,
  texts: {
    title: "Talk to us",
    intro: "Tell us what you are after; a person answers within one working day.",
    submit: "Send request",
    launcher: "Talk to sales",
    thanks_title: "Thank you",
    thanks_text: "Your request has arrived. We answer within one working day.",
  },
};

/** The form in the demo page's text. */
export const inlineForm: NewForm = {
  ...open,
  name: "Request a demo",
  mode: "form",
  fields: [name, email, company, size, phone, message, newsletter, campaign],
  consent,
  texts: {
    title: "See it with your own data",
    intro: "Thirty minutes, your questions, no slides.",
    submit: "Request a demo",
    thanks_title: "We will be in touch",
    thanks_text: "Look out for an invitation with a few times to choose from.",
  },
};

/** A form without consent: the least that a program has to send. */
export const plainForm: NewForm = {
  ...open,
  name: "Contact",
  mode: "form",
  fields: [name, email, phone, company, message],
};

/** Its leads are for another program; nobody sorts them. */
export const processableForm: NewForm = { ...plainForm, name: "Integration", is_processable: true };

/** The chat of the demo's own page. */
export const talkForm: NewForm = {
  ...open,
  name: "Ask a planner",
  mode: "chat",
  fields: [
    { ...name, label: "What is your name?" },
    { ...email, label: "Which e-mail address can we answer to?" },
    { ...size, label: "How many people are in your team?" },
    { ...message, label: "What would you like to know?" },
    campaign,
  ],
  consent,
  texts: {
    title: "Ask a planner",
    launcher: "Ask a planner",
    thanks_text: "Thank you. A planner reads this and answers within one working day.",
  },
};

export const chatForm: NewForm = { ...open, name: "Chat", mode: "chat", fields: [name, email, phone] };
