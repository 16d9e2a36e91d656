import { type Skill, tenRange } from "../core/skill";
import { t } from "../core/words";
import { Dots } from "./Dots";
import "../style/dots.css";

/** How well somebody answers: ten dots, "8 of 10", and between what and what. */
export function OfTen({ skill }: { skill: Skill | null }) {
  const few = !skill || skill.few;
  const range = skill && tenRange(skill);
  return (
    <span class="of-ten">
      <Dots ten={range?.ten ?? 0} few={few} />
      <span class="of-ten-n">{range ? <><b>{range.ten}</b> {t("project.report.ofTen")}</> : <span aria-hidden="true">–</span>}</span>
      <span class={few ? "of-ten-words few" : "of-ten-words"}>{words(few, range)}</span>
    </span>
  );
}

function words(few: boolean, range: ReturnType<typeof tenRange> | null): string {
  if (few || !range) return t("project.report.few");
  return range.low === null ? "" : t("skill.between", { low: range.low, high: range.high! });
}
