import type { Dataset } from "../core/dataset";
import { date, number, size, t } from "../core/words";
import { cardUrl, fileUrl } from "../sync/datasets";
import type { Load } from "./Loaded";

const FIRST = 5;

/** The frozen versions of a project, each to be fetched again bit for bit. */
export function Versions({ project, load }: { project: string; load: Load<Dataset[]> }) {
  const all = load.value ?? [];
  return (
    <div class="versions">
      <h3>{t("project.versions.title")}</h3>
      {load.problem && <p class="bad" role="alert">{load.problem} <button type="button" class="link" onClick={load.again}>{t("page.again")}</button></p>}
      {load.value && all.length === 0 && <p class="label">{t("project.versions.none")}</p>}
      <ul>{all.slice(0, FIRST).map((d) => <Version key={d.id} project={project} of={d} />)}</ul>
      {all.length > FIRST && (
        <details>
          <summary>{t("project.versions.older", { n: number(all.length - FIRST) })}</summary>
          <ul>{all.slice(FIRST).map((d) => <Version key={d.id} project={project} of={d} />)}</ul>
        </details>
      )}
    </div>
  );
}

function Version({ project, of: d }: { project: string; of: Dataset }) {
  return (
    <li>
      <p class="version-name"><b>{d.name}</b> <span class="label">{t(`project.deliver.${d.format}`)}, {date(d.created)}{d.by && `, ${d.by}`}</span></p>
      <p class="label">
        {t("project.versions.holds", { n: number(d.pictures), m: number(d.classed), k: number(d.answers) })}
        {d.certified && ` ${t("project.versions.certified")}`}{d.named && ` ${t("project.versions.named")}`}
      </p>
      <p class="version-sum">SHA-256 {d.sha256}</p>
      <p class="version-acts">
        <a class="link" href={fileUrl(project, d.id)} download aria-label={t("project.versions.againName", { name: d.name, size: size(d.size) })}>{t("project.versions.again", { size: size(d.size) })}</a>
        <a class="link" href={cardUrl(project, d.id)} download aria-label={t("project.versions.cardName", { name: d.name })}>{t("project.versions.card")}</a>
      </p>
    </li>
  );
}
