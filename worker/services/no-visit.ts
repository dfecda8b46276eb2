/** What visitors leave behind on a page, of a lead that no visitor made. */
export const NO_VISIT = {
  form_id: null,
  room_id: null,
  visitor_id: null,
  answers: [],
  page_url: null,
  page_title: null,
  referrer: null,
  utm: null,
  ip: null,
  geo: null,
  browser: null,
  consent: null,
  spam: null,
};
