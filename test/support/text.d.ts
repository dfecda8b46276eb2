/** A file of the repository as text, read when the tests are built: the runtime sees no files. */
declare module "*.md?raw" {
  const text: string;
  export default text;
}
declare module "*.tsv?raw" {
  const text: string;
  export default text;
}
