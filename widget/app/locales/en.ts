/** English: the table that every language has to have, and what is shown where there is none. */
const en = {
  tag: "en",
  title: "Get in touch",
  close: "Close",
  unavailable: "This form cannot be shown right now.",
  optional: "optional",
  choose: "Please choose",
  more: "Learn more",
  send: "Send",
  sending: "Sending…",
  check: "Please check the marked fields.",
  refused: "This could not be sent. Please try again later.",
  retry: "Try again",
  sent_title: "Thank you",
  sent_text: "Your message has arrived. We will get back to you soon.",
  duplicate_title: "We already have your request",
  duplicate_text: "There is no need to send it again. We will get back to you.",
  waiting_title: "Not sent yet",
  waiting_text:
    "We cannot reach the server. Your message is kept on this device and sent as soon as the connection is back.",
  waiting_open: "We cannot reach the server. Please leave this page open: your message is sent as soon as it answers.",
  required: "Please fill in this field.",
  type: "This is not a valid answer here.",
  email: "Please enter an e-mail address, such as name@example.com.",
  phone: "Please enter a phone number, such as +44 20 7946 0958.",
  url: "Please enter a web address, such as www.example.com.",
  number: "Please enter a number, such as 12.5.",
  date: "Please enter a whole date.",
  time: "Please enter a whole time.",
  choice: "Please choose one of the options.",
  too_short: { one: "Please enter at least {n} character.", other: "Please enter at least {n} characters." },
  too_long: { one: "Please enter at most {n} character.", other: "Please enter at most {n} characters." },
  too_small: "Please enter at least {min}.",
  too_large: "Please enter at most {max}.",
  step: "Please enter a number in steps of {n}.",
  too_early: "Please choose {n} or later.",
  too_late: "Please choose {n} or earlier.",
  too_few: { one: "Please choose at least {n} option.", other: "Please choose at least {n} options." },
  too_many: { one: "Please choose at most {n} option.", other: "Please choose at most {n} options." },
  consent: "Please agree, so that we may answer you.",
  step_of: "Step {n} of {of}",
  next: "Next",
  back: "Back",
  rating: "{n} of {of}",
  checking: "One moment: we are checking that you are human…",
};
export default en;

/** A text that goes by number, by the categories of `Intl.PluralRules`. `other` is the one for all that have none. */
export type Plural = { readonly other: string } & { readonly [category in Intl.LDMLPluralRule]?: string };
/** Words with `{places}` for values. */
export type Text = string | Plural;

/**
 * A language's table; `tag` says whose plurals, numbers and dates go with it. What goes by number in English may be one
 * text where a language knows one form.
 */
export type Texts = { readonly [key in keyof typeof en]: (typeof en)[key] extends string ? string : Text };
