/** What the build puts in place: the app chunk's path beside foyer.js, and stylesheets as minified text. */
declare const FOYER_APP_CHUNK: string;

declare module "*.css?inline" {
  const css: string;
  export default css;
}

interface ImportMeta {
  /** Vite's: one lazy import for every file that matches. */
  glob<Module>(pattern: string | string[]): Record<string, () => Promise<Module>>;
}

interface Window {
  dataLayer?: unknown;
}
