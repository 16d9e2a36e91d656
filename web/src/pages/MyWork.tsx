import { useState } from "preact/hooks";
import type { WorkView } from "../core/skill";
import { t } from "../core/words";
import { Days } from "../parts/Days";
import { HowScore } from "../parts/HowScore";
import { HowWell } from "../parts/HowWell";
import { Loaded, useLoad } from "../parts/Loaded";
import { Lowers } from "../parts/Lowers";
import { Page } from "../parts/Page";
import { ownWork } from "../sync/work";
import "../style/shared.css";
import "../style/skill.css";
import "../style/mywork.css";

/** My work: what I did, how well, what lowers my score and how it comes about. */
export default function MyWork() {
  const load = useLoad(ownWork, []);
  return (
    <Page title={t("mine.title")}>
      <Loaded load={load}>{(w) => (w.projects.length === 0 ? <Nothing /> : <Work work={w} />)}</Loaded>
    </Page>
  );
}

function Work({ work }: { work: WorkView }) {
  const [chosen, setChosen] = useState("");
  const of = work.projects.find((p) => p.id === chosen) ?? work.projects[0]!;
  return (
    <div class="mine">
      <h1 class="unseen">{t("mine.title")}</h1>
      <div class="mine-left">
        <Days days={work.days} />
        <HowWell projects={work.projects} />
        <Lowers projects={work.projects} of={of} onChoose={setChosen} />
      </div>
      <div class="mine-right"><HowScore of={of} /></div>
    </div>
  );
}

function Nothing() {
  return (
    <div class="mine-nothing">
      <h1>{t("mine.nothing")}</h1>
      <p>{t("mine.nothingNext")}</p>
      <p><a class="button main" href="/">{t("home.title")}</a></p>
    </div>
  );
}
