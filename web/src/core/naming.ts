import type { Class } from "./project";
import { language } from "./words";

/** The name of a class in the language of the page. */
export function nameOf(c: Class): string {
  return c.names?.[language.value] || c.name;
}

/** The first letters of a person's first and last name. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/).filter((p) => /^\p{L}/u.test(p));
  const first = [...(parts[0] ?? "")][0] ?? "";
  const last = parts.length > 1 ? ([...parts[parts.length - 1]!][0] ?? "") : "";
  return (first + last).toUpperCase();
}
