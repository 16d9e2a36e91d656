import type { Class } from "./project";
import { isOwn, language, t } from "./words";

/** The name of a class in the language of the page. */
export function nameOf(c: Class): string {
  return c.names?.[language.value] || c.name;
}

/** The question of a project as she reads it: the one that every project starts with is ours and speaks her language. */
export function questionOf(p: { question: string }): string {
  return isOwn("new.questionFirst", p.question) ? t("new.questionFirst") : p.question;
}

/** The first letters of a person's first and last name. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/).filter((p) => /^\p{L}/u.test(p));
  const first = [...(parts[0] ?? "")][0] ?? "";
  const last = parts.length > 1 ? ([...parts[parts.length - 1]!][0] ?? "") : "";
  return (first + last).toUpperCase();
}
