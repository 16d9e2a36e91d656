import { REASONS, type Reason } from "../../core/annotation";
import type { Class } from "../../core/project";
import type { ReviewVote } from "../../core/review";
import { t } from "../../core/words";
import { ClassName, reasonWord } from "../work/Strip";

/** What each person answered, nobody named: the class, and whether she had seen the child's guess. */
export function Opinions({ votes, classes }: { votes: readonly ReviewVote[]; classes: readonly Class[] }) {
  return (
    <section aria-labelledby="op-h">
      <h3 id="op-h">{t("review.answers")}</h3>
      <ul class="opinions">
        {votes.map((v) => (
          <li key={v.person}>
            <span>{t("item.someone", { n: v.person })}</span>
            <span class="opinion"><What vote={v} classes={classes} /></span>
            <span class="label">{t(v.afterSeen ? "item.afterSeen" : "item.blind")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function What({ vote, classes }: { vote: ReviewVote; classes: readonly Class[] }) {
  if (vote.answer === "not_sure") return <>{t("item.wasNotSure")}</>;
  if (vote.answer === "strike") return <>{t("item.struck")}</>;
  if (vote.answer === "skip") return <>{REASONS.includes(vote.reason as Reason) ? t("work.skipped", { why: reasonWord(vote.reason as Reason) }) : t("item.skipped")}</>;
  const c = classes.find((one) => one.name === vote.class);
  return c ? <ClassName of={c.id} classes={classes} /> : <>{vote.class || t("item.oldClass")}</>;
}
