import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** What the pages that are there without a line say: these rooms of the texts whole, and some texts of others. */
const ROOMS = ["classes", "guideline", "help", "home", "pack", "page", "pin", "signin", "work"];
const TEXTS = [
  "account.title", "answers.title", "grid.next", "grid.title", "grid.toNext", "item.oldClass", "item.place", "mine.title", "new.questionFirst",
  "people.former", "people.role.annotator", "people.role.client", "people.role.manager", "people.role.owner", "people.role.reviewer", "people.title",
  "programs.title", "server.due", "server.see", "server.title",
];

/** Whether a text is kept on the device with the pages that are there without a line. */
export function isKept(key: string): boolean {
  return ROOMS.includes(key.split(".")[0]!) || TEXTS.includes(key);
}

/** Parts the texts of a language: `en.json?kept` are those that are kept on the device, `en.json?rest` all others. */
export function words(): Plugin {
  return {
    name: "words",
    enforce: "pre",
    load(id) {
      const [file = "", part] = id.split("?");
      if (!/\/words\/\w+\.json$/.test(file) || (part !== "kept" && part !== "rest")) return;
      this.addWatchFile(file);
      const texts = Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>);
      return JSON.stringify(Object.fromEntries(texts.filter(([key]) => isKept(key) === (part === "kept"))));
    },
  };
}
