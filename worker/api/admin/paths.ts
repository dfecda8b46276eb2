/** Paths that the admin API's description has more than once. */

export const ORGANIZATION = "/organizations/{organization}";
