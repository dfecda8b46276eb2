/** A stylesheet that the build writes beside the script; the page links it. */
declare module "*.css";
