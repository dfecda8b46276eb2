/**
 * What the build puts in place: the app chunk's path beside foyer.js, the languages that there are tables of, with spaces
 * between, the hash in the names of those, and stylesheets as minified text.
 */
declare const FOYER_APP_CHUNK: string;
declare const FOYER_LANGUAGES: string;
declare const FOYER_TABLES: string;

declare module "*.css?inline" {
  const css: string;
  export default css;
}

interface Window {
  dataLayer?: unknown;
}
