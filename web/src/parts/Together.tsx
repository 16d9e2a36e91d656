import { type Whole, naturally } from "../core/skill";
import { duration, number, t } from "../core/words";

/** All people of a project together: done, left, how fast, how alike, how right. */
export function Together({ whole: w }: { whole: Whole }) {
  return (
    <dl class="together">
      <Figure name={t("together.done")} value={t("together.of", { n: w.done, m: w.items })} small={w.review > 0 ? t("together.review", { n: w.review }) : ""} />
      <Figure name={t("together.left")} value={number(w.left)} small={t("together.leftWhy")} />
      <Figure name={t("skill.hours")} value={w.hours > 0 ? duration(w.hours * 3_600_000) : "–"} small={t("together.answers", { n: w.answers })} />
      <Figure name={t("skill.pace")} value={w.paceMillis > 0 ? duration(w.paceMillis) : "–"} small={t("together.paceWhy")} />
      <Figure name={t("skill.agrees")} value={part(w.agreement.same, w.agreement.of)} small={w.agreement.of > 0 ? few(w.agreement.of) || t("together.chance", { n: Math.round(w.expected) }) : t("together.alone")} />
      <Figure name={t("skill.known")} value={part(w.known.right, w.known.of)} small={w.known.of > 0 ? few(w.known.of) : t("together.noGold")} />
    </dl>
  );
}

function Figure({ name, value, small }: { name: string; value: string; small: string }) {
  return <div><dt>{name}{small && <span class="together-small">{small}</span>}</dt><dd>{value}</dd></div>;
}

function part(n: number, of: number): string {
  const f = naturally(n, of);
  return of > 0 ? t("skill.part", { n: f.n, m: f.of }) : "–";
}

/** What has to be said of a small sample. */
function few(of: number): string {
  return of < 20 ? t("together.few") : "";
}
