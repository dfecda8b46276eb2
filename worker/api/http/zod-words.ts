/** Words for what is wrong, of which zod/mini has none of its own. Whoever answers with them imports this for its effect. */
import { config } from "zod/mini";
import en from "zod/v4/locales/en.js";

config(en());
