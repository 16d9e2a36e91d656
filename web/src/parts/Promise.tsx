import { useEffect, useState } from "preact/hooks";
import { personName } from "../core/naming";
import type { Certificate, ProjectView } from "../core/project";
import { type Price, type PromiseState, SURE, TARGETS, of100, stage, wrongOf100 } from "../core/promise";
import { number, t } from "../core/words";
import { changeProject, promisePrice } from "../sync/projects";

export interface PromiseProps {
  project: ProjectView;
  promise: PromiseState | null;
  certified: Certificate | null;
  /** The reader may choose and take back. */
  leads: boolean;
  again: () => void;
}

/** What is promised, how far its proof is, and what it costs. */
export function Promised({ project, promise, certified, leads, again }: PromiseProps) {
  const [said, setSaid] = useState("");
  const set = async (target: number, delta: number) => {
    try {
      await changeProject(project.id, { settings: { target, delta } });
      setSaid("");
      again();
    } catch (e) {
      setSaid(e instanceof Error && e.message ? e.message : t("page.lineDown"));
    }
  };
  if (!promise && project.settings.target === 0 && !leads) return null;
  return (
    <section class="part" id="promise" aria-labelledby="promise-h">
      <h2 id="promise-h">{t("promise.title")}</h2>
      {said && <p class="bad" role="alert">{said}</p>}
      {project.settings.target === 0 && !(promise && promise.state === "kept") ? (
        <Choice project={project} set={set} />
      ) : (
        <Standing project={project} promise={promise} certified={certified} leads={leads} back={() => set(0, project.settings.delta)} />
      )}
    </section>
  );
}

interface StandingProps {
  project: ProjectView;
  promise: PromiseState | null;
  certified: Certificate | null;
  leads: boolean;
  back: () => void;
}

function Standing({ project, promise: p, certified, leads, back }: StandingProps) {
  const s = project.settings;
  const at = p ? stage(p) : "early";
  const kept = at === "kept" || at === "people";
  const tested = kept || at === "miss";
  return (
    <>
      <p><b>{t("promise.is", { wrong: wrongOf100(1 - (p?.target ?? s.target)), sure: of100(1 - (p?.delta ?? s.delta)) })}</b></p>
      {p && at !== "small" && <p class="label">{t(tested ? "promise.wasDrawn" : "promise.drawn", { n: number(p.audit), m: number(p.pictures), k: number(p.asked) })}</p>}
      <p class={at === "miss" || at === "small" ? "promise-warn" : "label"}>
        {t(`promise.stage.${at}`, { more: number(p?.more ?? 0), accepted: number(p?.accepted ?? 0), n: number(p?.review ?? 0) })}
      </p>
      {p && p.review > 0 && <p><a href={`/projects/${project.id}/review`}>{t("promise.review", { n: number(p.review) })}</a></p>}
      {kept && certified?.by && <p class="label">{t("promise.by", { name: personName(certified.by) })}</p>}
      {leads && !tested && <button type="button" class="button promise-act" onClick={back}>{t("promise.back")}</button>}
    </>
  );
}

function Choice({ project, set }: { project: ProjectView; set: (target: number, delta: number) => void }) {
  const [target, setTarget] = useState(95);
  const [sure, setSure] = useState(95);
  const [price, setPrice] = useState<Price | null>(null);
  useEffect(() => {
    let here = true;
    setPrice(null);
    promisePrice(project.id, target / 100, (100 - sure) / 100).then((p) => here && setPrice(p), () => undefined);
    return () => { here = false; };
  }, [project.id, target, sure, project.counts.items]);
  return (
    <>
      <p class="label">{t("promise.why")}</p>
      <Pick label={t("promise.target")} value={target} options={TARGETS} onPick={setTarget} />
      <Pick label={t("promise.sure")} value={sure} options={SURE} onPick={setSure} />
      <p class={price && price.words !== "ok" ? "promise-warn" : "label"} aria-live="polite">{price ? priceWords(price) : t("promise.price.wait")}</p>
      <button type="button" class="button promise-act" disabled={!price} onClick={() => set(target / 100, (100 - sure) / 100)}>{t("promise.choose")}</button>
    </>
  );
}

function priceWords(p: Price): string {
  const first = p.words === "small" ? "" : t(p.each === 1 ? "promise.price.one" : "promise.price.ok", { n: number(p.audit), m: number(p.pictures), each: p.each, answers: number(p.answers), allowed: p.allowed });
  const warn = p.words === "ok" ? "" : t(`promise.price.${p.words}`, { n: number(p.audit), least: number(p.least), m: number(p.pictures) });
  return [first, warn].filter(Boolean).join(" ");
}

function Pick({ label, value, options, onPick }: { label: string; value: number; options: readonly number[]; onPick: (value: number) => void }) {
  return (
    <label class="rule">
      <b>{label}</b>
      <select class="field" value={value} onChange={(e) => onPick(Number(e.currentTarget.value))}>
        {options.map((n) => <option key={n} value={n}>{t("promise.of100", { n })}</option>)}
      </select>
    </label>
  );
}
