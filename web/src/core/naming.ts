import type { Class, ProjectCard } from "./project";
import { isOwn, language, t } from "./words";

/** The name of a class in the language of the page. */
export function nameOf(c: Class): string {
  return c.names?.[language.value] || c.name;
}

/** The rule of a class in the language of the page, "" when there is none. */
export function ruleOf(c: Class): string {
  return c.rules?.[language.value] || c.words || "";
}

/** Projects in groups: those of no family first, then each family in the order of its making. */
export function byFamily(list: readonly ProjectCard[]): [string, ProjectCard[]][] {
  const groups = new Map<string, ProjectCard[]>();
  for (const p of list) groups.set(p.family ?? "", [...(groups.get(p.family ?? "") ?? []), p]);
  const families = [...groups].filter(([name]) => name !== "").map(([name, of]): [string, ProjectCard[]] => [name, of.reverse()]);
  const alone = groups.get("");
  return alone ? [["", alone], ...families] : families;
}

type Asking = Pick<ProjectCard, "name" | "question" | "family" | "about" | "aboutNames">;

/** The class that a project of a family asks about, in the language of the page; empty for a project of none. */
export function aboutOf(p: Pick<Asking, "about" | "aboutNames">): string {
  return p.aboutNames?.[language.value] || p.about || "";
}

/** A project's name; one that was made of its family and its class speaks the language of the page. */
export function titleOf(p: Omit<Asking, "question">): string {
  return p.about && p.name === `${p.family}: ${p.about}` ? `${p.family}: ${aboutOf(p)}` : p.name;
}

/** The question of a project as she reads it: the one that every project starts with is ours and speaks her language, and so does one that was made of a class. */
export function questionOf(p: Omit<Asking, "name" | "family">): string {
  if (p.about && p.question === `${p.about}?`) return `${aboutOf(p)}?`;
  return isOwn("new.questionFirst", p.question) ? t("new.questionFirst") : p.question;
}

/** A person's name; whoever was removed has none, only a sign that tells her answers from others'. */
export function personName(name: string): string {
  const former = /^former annotator (\w+)$/.exec(name);
  return former ? t("people.former", { sign: former[1]! }) : name;
}

/** The first letters of a person's first and last name. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/).filter((p) => /^\p{L}/u.test(p));
  const first = [...(parts[0] ?? "")][0] ?? "";
  const last = parts.length > 1 ? ([...parts[parts.length - 1]!][0] ?? "") : "";
  return (first + last).toUpperCase();
}
