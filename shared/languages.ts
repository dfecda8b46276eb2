/** Languages and which of them are written from right to left. Imports nothing: the widget has it too. */

/** Arabic, Persian, Hebrew, Urdu, Pashto, Sindhi, Uyghur, Yiddish, Divehi and Central Kurdish, with any region. */
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)\b/;

/** What HTML's `dir` is for a language, in lower case; left to right while none is known. */
export const directionOf = (tag: string | undefined): "rtl" | "ltr" => (RIGHT_TO_LEFT.test(`${tag}`) ? "rtl" : "ltr");
