/** Bounds of what only some forms have; part of `limits.ts`, which says them to everybody else. */

/** Options of one choice field. */
export const FIELD_OPTIONS_LIMIT = 250;
/** What binary floating point holds exactly: digits in all, and after the decimal point. */
export const NUMBER_DIGITS_LIMIT = 15;
export const NUMBER_DECIMALS_LIMIT = 6;
/** How far a rating may go, and how far it goes where the field does not say. */
export const RATING_MIN = 3;
export const RATING_LIMIT = 10;
export const RATING_DEFAULT = 5;
/** Tests in one field's condition, and how deep they may be nested. */
export const CONDITION_TESTS_LIMIT = 20;
export const CONDITION_DEPTH_LIMIT = 3;
/** Steps of one form. */
export const STEPS_LIMIT = 20;
