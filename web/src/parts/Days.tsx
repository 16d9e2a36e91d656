import { dayStart } from "../core/skill";
import { date, number, t } from "../core/words";

/** How high the tallest bar is. */
const HIGH = 104;

/** Answers per day as bars, today last. */
export function Days({ days }: { days: readonly { day: string; answers: number }[] }) {
  const most = Math.max(1, ...days.map((d) => d.answers));
  const all = days.reduce((sum, d) => sum + d.answers, 0);
  return (
    <section class="mine-did" aria-labelledby="did-h">
      <h2 id="did-h">{t("mine.did")}</h2>
      <p class="mine-all"><b>{number(all)}</b> <span class="label">{t("mine.didDays", { n: days.length })}</span></p>
      <ol class="days">
        {days.map((d, i) => (
          <li key={d.day} class={i === days.length - 1 ? "today" : undefined}>
            <span class="unseen">{t("mine.didDay", { day: date(dayStart(d.day)), n: number(d.answers) })}</span>
            <span class="day-n" aria-hidden="true">{d.answers > 0 ? d.answers : ""}</span>
            <svg width="100%" height={Math.max(2, Math.round((HIGH * d.answers) / most))} aria-hidden="true"><rect width="100%" height="100%" rx="3" /></svg>
            <span class="day" aria-hidden="true">{Number(d.day.slice(8))}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
