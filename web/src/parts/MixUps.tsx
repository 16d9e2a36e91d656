import type { ComponentChildren } from "preact";
import type { Class } from "../core/project";
import { mixUps, type Skill } from "../core/skill";
import { t } from "../core/words";
import { ClassName } from "./SaidSettled";

/** How many mix-ups are put into words. */
const MOST = 4;

/** What somebody mixes up most, in words with tiles: "says Beetle when it is Ladybird, 3 of 10". */
export function MixUps({ skill, classes, mine }: { skill: Skill; classes: readonly Class[]; mine?: boolean }) {
  const list = mixUps(skill, MOST);
  if (list.length === 0) return <p class="label">{t(skill.few ? "skill.mixesFew" : "skill.mixesNone")}</p>;
  return (
    <ul class="mix-ups">
      {list.map((m) => (
        <li key={m.truth + m.said}>
          <span>{around(t(mine ? "mine.mix" : "skill.mix"), { said: <ClassName of={m.said} classes={classes} />, truth: <ClassName of={m.truth} classes={classes} /> })}</span>
          <span class="mix-ten"><b>{m.ten}</b> {t("project.report.ofTen")}</span>
        </li>
      ))}
    </ul>
  );
}

/** A sentence with parts of the page in its places. */
function around(text: string, parts: Record<string, ComponentChildren>): ComponentChildren[] {
  return text.split(/(\{\w+\})/).map((piece) => parts[piece.slice(1, -1)] ?? piece);
}
