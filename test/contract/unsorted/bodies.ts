/** What callers of the v4 API send: new calls, new forms. */

let number = 0;
const next = (): number => {
  number += 1;
  return number;
};
type Sent = Record<string, unknown>;
/** A call that nobody else made; `over` and `metadata` override. */
export const call = (over: Sent = {}, metadata: Sent = {}): Sent => ({
  source_name: "Acme Co.",
  source_uid: "a1fee7c0fc436088e64ba2e8822ba2b3",
  _embedded: { leads: [{ name: "Tech maintenance" }], contacts: [{ name: "Example contact" }] },
  metadata: {
    ...{ from: "onlinePBX", phone: `1415555${next()}`, called_at: 1510261200, duration: 54 },
    ...{ service_code: "CkAvbEwPam6sad", link: "https://example.com", ...metadata },
  },
  ...over,
});
/** A form that nobody else filled in. */
export const request = (over: Sent = {}, metadata: Sent = {}): Sent => ({
  source_name: "Acme Co.",
  source_uid: "a1fee7c0fc436088e64ba2e8822ba2b3",
  _embedded: { leads: [{ name: "Tech maintenance" }], contacts: [{ name: `Contact ${next()}` }] },
  metadata: {
    ...{ form_id: "f1", form_name: "Application form", form_page: "https://example.com", form_sent_at: 1590830520 },
    ...metadata,
  },
  ...over,
});
