/** Shows the APIs' description. Nothing but this Worker is asked: the viewer's badge of an outside validator stays off. */
/* global SwaggerUIBundle */
const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  validatorUrl: null,
  // An address of the page names an operation.
  deepLinking: true,
  filter: true,
  defaultModelsExpandDepth: 0,
});
