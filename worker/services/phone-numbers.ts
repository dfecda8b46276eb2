/** The two functions of the numbering plans that Foyer uses, so that the bundle holds no others. */
export { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
