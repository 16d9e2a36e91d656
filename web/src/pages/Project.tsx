import { useEffect, useState } from "preact/hooks";
import { titleOf } from "../core/naming";
import { NotStarted } from "../parts/NotStarted";
import { live, type Progress, type ProjectView } from "../core/project";
import { t } from "../core/words";
import { AddPictures } from "../parts/AddPictures";
import { BatchesPart } from "../parts/batch/BatchesPart";
import { ClassesPart } from "../parts/ClassesPart";
import { Curve } from "../parts/Curve";
import { GuidelinePart } from "../parts/GuidelinePart";
import { Figures } from "../parts/Figures";
import { Loaded, useLoad } from "../parts/Loaded";
import { NextUpRow } from "../parts/NextUpRow";
import { Notices } from "../parts/Notices";
import { Offers, OffersNotice } from "../parts/Offers";
import { Page } from "../parts/Page";
import { Pairs } from "../parts/Pairs";
import { Promised } from "../parts/Promise";
import { Deliver } from "../parts/Deliver";
import { ReportCard } from "../parts/ReportCard";
import { Rules } from "../parts/Rules";
import { StateNotice, StatePart } from "../parts/StatePart";
import { Workers } from "../parts/Workers";
import { useWidth } from "../parts/useWidth";
import { follow } from "../sync/live";
import { may } from "../sync/me";
import { progress, project } from "../sync/projects";
import { reviews } from "../sync/reviews";
import "../style/shared.css";
import "../style/project.css";

/** How many people a project without the child would ask about every picture. */
const MAJORITY = 3;

/** The project page: how far the child is, and what is wrong with it. It follows events. */
export default function Project({ project: id }: { project: string }) {
  const load = useLoad(() => Promise.all([project(id), progress(id), may("review") ? reviews(id, 1) : null]), [id]);
  const [up, setUp] = useState(true);
  useEffect(() => follow(id, load.again, setUp), [id]);
  return (
    <Page title={load.value ? titleOf(load.value[0]) : ""} project={id} tab="overview">
      <Loaded load={load}>{([p, g, r]) => <Overview project={p} progress={g} reviews={r?.left ?? 0} live={up} again={load.again} />}</Loaded>
    </Page>
  );
}

interface OverviewProps {
  project: ProjectView;
  progress: Progress;
  /** How many pictures wait for her decision. */
  reviews: number;
  live: boolean;
  again: () => void;
}

function Overview({ project: p, progress: g, reviews: waiting, live: up, again }: OverviewProps) {
  const classes = live(p.labelSet.classes);
  const open = p.state === "active" || p.state === "paused";
  return (
    <div class="overview">
      <h1 class="unseen">{titleOf(p)}</h1>
      <div class="overview-left">
        <StateNotice project={p} leads={may("manage-project")} />
        {!p.settings.started && <NotStarted project={p} again={again} />}
        {p.counts.items === 0 ? <First project={p} again={again} /> : (
          <>
            <Notices notices={g.notices ?? []} />
            <OffersNotice classes={classes} proposals={g.proposals} />
            <HowFar project={p} progress={g} reviews={waiting} live={up} />
            <NextUpRow project={p} next={g.next ?? []} browse={may("browse")} />
          </>
        )}
      </div>
      <div class="overview-right">
        {p.counts.items > 0 && <ReportCard classes={classes} reports={g.classes ?? []} mine={!may("manage-project")} />}
        {p.counts.items > 0 && <Pairs classes={classes} pairs={g.pairs ?? []} />}
        {may("manage-project") && <Workers project={p.id} people={g.people ?? []} />}
        {may("export") && p.counts.items > 0 && <Promised project={p} promise={g.promise} certified={g.certified} leads={may("manage-project")} again={again} />}
        {may("export") && p.counts.items > 0 && <Deliver project={p} taught={(g.model?.version ?? 0) > 0} certified={g.certified !== null} />}
        {may("manage-project") && open && <Rules project={p} again={again} />}
        {p.counts.items > 0 && <Offers classes={classes} proposals={g.proposals} />}
      </div>
      <div class="overview-foot">
        {may("add-pictures") && open && p.counts.items > 0 && <AddPictures project={p.id} again={again} />}
        {may("manage-project") && open && p.counts.items > 0 && <BatchesPart project={p} />}
        {(p.guideline.text || may("manage-project") && open) && <GuidelinePart project={p} leads={may("manage-project") && open} again={again} />}
        {may("manage-project") && open && <ClassesPart project={p} again={again} />}
        {may("manage-project") && <StatePart project={p} again={again} />}
      </div>
    </div>
  );
}

function HowFar({ project: p, progress: g, reviews: waiting, live: up }: { project: ProjectView; progress: Progress; reviews: number; live: boolean }) {
  const [box, width] = useWidth(758);
  return (
    <section class="part" aria-labelledby="far-h">
      <div class="part-head far-head">
        <h2 id="far-h">{t("project.far")}</h2>
        <p class="label" aria-live="polite">{up ? (g.model?.training ? t("project.training") : "") : t("project.lineDown")}</p>
        {may("review") && (waiting > 0 || !may("manage-project")) && <a class="button far-review" href={`/projects/${p.id}/review`}>{waiting > 0 ? t("project.reviewSome", { n: waiting }) : t("project.review")}</a>}
        {may("annotate") && p.state === "active" && p.settings.started && <a class="button main" href={`/projects/${p.id}/work`}>{t("project.work")}</a>}
      </div>
      <Figures progress={g} majority={MAJORITY} target={p.settings.target} />
      <div ref={box}>
        <Curve points={g.curve ?? []} majority={MAJORITY} target={p.settings.target} width={width} />
      </div>
    </section>
  );
}

function First({ project: p, again }: { project: ProjectView; again: () => void }) {
  return (
    <section class="part" aria-labelledby="first-h">
      <h2 id="first-h">{t("project.first")}</h2>
      <p class="label">{t(may("add-pictures") ? "project.firstNext" : "project.firstWait")}</p>
      {may("add-pictures") && <AddPictures project={p.id} again={again} bare />}
    </section>
  );
}
