import { useState } from "preact/hooks";
import { FORMATS, type Format, type Freezing } from "../core/dataset";
import type { ProjectView } from "../core/project";
import { number, t } from "../core/words";
import { datasets, fetchFile, fileUrl, freeze } from "../sync/datasets";
import { certificateUrl, modelUrl } from "../sync/projects";
import { Field } from "./Field";
import { Icon } from "./Icon";
import { useLoad } from "./Loaded";
import { Versions } from "./Versions";
import "../style/deliver.css";

/** What one can take away: a version of the data, frozen at that moment, and once there is one the certificate and the taught model. */
export function Deliver({ project, taught, certified }: { project: ProjectView; taught: boolean; certified: boolean }) {
  const c = project.counts;
  const versions = useLoad(() => datasets(project.id), [project.id]);
  const [name, setName] = useState("");
  const [licence, setLicence] = useState("");
  const [running, setRunning] = useState<Freezing | null>(null);
  const [problem, setProblem] = useState("");
  const take = async (format: Format) => {
    setProblem("");
    setRunning({ state: "waiting", done: 0, total: 0 });
    try {
      fetchFile(fileUrl(project.id, await freeze(project.id, { format, name: name.trim(), licence: licence.trim() }, setRunning)));
      setName("");
      versions.again();
    } catch (e) {
      setProblem(e instanceof Error ? e.message : t("page.lineDown"));
    }
    setRunning(null);
  };
  return (
    <section class="part" id="export" aria-labelledby="deliver-h">
      <h2 id="deliver-h">{t("project.deliver.title")}</h2>
      <p class="label">{t("project.deliver.now", { n: number(c.done), m: number(c.items), k: number(c.answers) })}</p>
      <ul class="tables">
        {FORMATS.map((f) => <Take key={f} format={f} busy={running !== null} take={take} />)}
        {certified && <Away href={certificateUrl(project.id)} what="certificate" />}
        {taught && <Away href={modelUrl(project.id, "akhra")} what="model" />}
        {taught && oneNetwork(project.settings.embedder) && <Away href={modelUrl(project.id, "onnx")} what="onnx" />}
      </ul>
      <div aria-live="polite">{running && <Running of={running} />}</div>
      {problem && <p class="bad" role="alert">{problem}</p>}
      <details class="deliver-more">
        <summary>{t("project.deliver.more")}</summary>
        <Field label={t("project.deliver.name")} value={name} onValue={setName} maxLength={120} hint={t("project.deliver.nameHint")} />
        <Field label={t("project.deliver.licence")} value={licence} onValue={setLicence} maxLength={4000} hint={t("project.deliver.licenceHint")} />
      </details>
      <Versions project={project.id} load={versions} />
    </section>
  );
}

function Take({ format, busy, take }: { format: Format; busy: boolean; take: (format: Format) => Promise<void> }) {
  return (
    <li>
      <button type="button" class="button" disabled={busy} onClick={() => void take(format)}><Icon name="download" size={20} />{t(`project.deliver.${format}`)}</button>
      <span class="label">{t(`project.deliver.${format}What`)}</span>
    </li>
  );
}

function Running({ of }: { of: Freezing }) {
  return (
    <>
      <p class="label">{of.total > 0 ? t("project.deliver.running", { n: number(of.done), m: number(of.total) }) : t("project.deliver.begin")}</p>
      <progress class="bar" value={of.total > 0 ? of.done : undefined} max={Math.max(1, of.total)} aria-label={t("project.deliver.progress")} />
    </>
  );
}

function Away({ href, what }: { href: string; what: "certificate" | "model" | "onnx" }) {
  return (
    <li>
      <a class="button" href={href} download><Icon name="download" size={20} />{t(`project.deliver.${what}`)}</a>
      <span class="label">{t(`project.deliver.${what}What`)}</span>
    </li>
  );
}

/** Only what one network alone sees can become an ONNX file. */
const oneNetwork = (embedder: string) => /^onnx:[^,]+$/.test(embedder);
