import { t } from "../../core/words";
import type { Bench } from "../../sync/bench";
import { Coming } from "../work/Stage";

/** What stands in the place of the picture when nothing is before the reviewer, and what to do then. */
export function ReviewNotice({ project, bench }: { project: string; bench: Bench }) {
  const state = bench.state.value;
  if (state === "loading" || state === "working") return <div class="stage"><div class="stage-well" /><Coming /></div>;
  return (
    <div class="stage stage-empty" role="status">
      <div>
        <p class="stage-lead">{state === "refused" ? bench.problem.value : t(`review.${state}`)}</p>
        <p>{t(`review.${state}.next`)}</p>
        {state === "aside" && <button type="button" class="button" onClick={() => void bench.takeUp()}>{t("review.takeUp")}</button>}
        {state === "line-down" && <button type="button" class="button" onClick={() => void bench.fill()}>{t("page.again")}</button>}
        {state !== "aside" && <a class="button" href={`/projects/${project}`}>{t("home.see")}</a>}
      </div>
    </div>
  );
}
