import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { media } from "./theme";

const root = join(import.meta.dirname, "..");
const styles = readdirSync(join(root, "style")).filter((f) => f.endsWith(".css")).map((f) => [f, readFileSync(join(root, "style", f), "utf8")] as const);

it("holds by the device, or by what was chosen", () => {
  expect(media("auto").dark).toBe("(prefers-color-scheme: dark)");
  expect(media("dark")).toEqual({ dark: "all", light: "not all" });
  expect(media("light")).toEqual({ dark: "not all", light: "all" });
});

it.each(styles.filter(([name]) => name !== "tokens.css"))("%s takes its colours from tokens.css", (_, css) => {
  expect(css.match(/#[0-9a-fA-F]{3,8}\b|\b(rgba?|hsla?|oklab|oklch)\(|prefers-color-scheme/g) ?? []).toEqual([]);
});
