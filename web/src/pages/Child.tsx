import { useEffect } from "preact/hooks";
import { type Explanation } from "../core/explain";
import { titleOf } from "../core/naming";
import { live, type Progress, type ProjectView } from "../core/project";
import { t } from "../core/words";
import { AskedNext } from "../parts/child/AskedNext";
import { Cases } from "../parts/child/Cases";
import { SureRows } from "../parts/child/SureRows";
import { Curve } from "../parts/Curve";
import { Figures } from "../parts/Figures";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { Pairs } from "../parts/Pairs";
import { ReportCard } from "../parts/ReportCard";
import { useWidth } from "../parts/useWidth";
import { follow } from "../sync/live";
import { may } from "../sync/me";
import { explain, progress, project } from "../sync/projects";
import "../style/shared.css";
import "../style/project.css";
import "../style/child.css";

const MAJORITY = 3;

/** What the child knows, how sure it may be believed, who taught it and what it asks next. */
export default function Child({ project: id }: { project: string }) {
  const load = useLoad(() => Promise.all([project(id), progress(id), explain(id)]), [id]);
  useEffect(() => follow(id, load.again, () => undefined), [id]);
  return (
    <Page title={load.value ? titleOf(load.value[0]) : ""} project={id} tab="child">
      <Loaded load={load}>{([p, g, e]) => ((g.model?.version ?? 0) > 0 ? <Known project={p} progress={g} explanation={e} /> : <Nothing project={p} />)}</Loaded>
    </Page>
  );
}

function Known({ project: p, progress: g, explanation: e }: { project: ProjectView; progress: Progress; explanation: Explanation }) {
  const classes = live(p.labelSet.classes);
  const [box, width] = useWidth(758);
  return (
    <div class="overview child">
      <h1 class="unseen">{t("child.title")}</h1>
      <div class="overview-left">
        <section class="part" aria-labelledby="far-h">
          <h2 id="far-h">{t("project.far")}</h2>
          <Figures progress={g} majority={MAJORITY} target={p.settings.target} />
          <div ref={box}><Curve points={g.curve ?? []} majority={MAJORITY} target={p.settings.target} width={width} /></div>
        </section>
        <Cases classes={classes} cases={e.cases ?? []} />
      </div>
      <div class="overview-right">
        <ReportCard classes={classes} reports={g.classes ?? []} mine={may("annotate") && !may("manage-project")} />
        <SureRows rows={e.sure ?? []} />
        <AskedNext classes={classes} waiting={e.waiting} between={e.between ?? []} />
        <Pairs classes={classes} pairs={g.pairs ?? []} />
      </div>
    </div>
  );
}

/** Before it was taught. */
function Nothing({ project: p }: { project: ProjectView }) {
  return (
    <div class="nowhere">
      <h1>{t("child.title")}</h1>
      <p>{t("child.nothing")}</p>
      <p>{t(may("annotate") ? "child.nothingNext" : "child.nothingWait")}</p>
      {may("annotate") && p.settings.started && <p><a class="button main" href={`/projects/${p.id}/work`}>{t("project.work")}</a></p>}
    </div>
  );
}
