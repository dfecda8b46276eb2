/** English: the table that every language has to have, and what is shown where another lacks a text. */
const en = {
  title: "Get in touch",
  close: "Close",
  loading: "Loading",
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
  choice: "Please choose one of the options.",
  too_short: "Please enter at least {n} characters.",
  too_long: "Please enter at most {n} characters.",
  consent: "Please agree, so that we may answer you.",
};
export default en;

export type Texts = typeof en;
