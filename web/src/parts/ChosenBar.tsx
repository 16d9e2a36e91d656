import { useState } from "preact/hooks";
import type { ChangeAct } from "../core/chosen";
import { number, t } from "../core/words";
import { may } from "../sync/me";
import { SetBatch } from "./batch/SetBatch";
import type { Browsing, Doing } from "./browsing";
import { Icon } from "./Icon";

/** What can be done to the pictures that are chosen; it stands at the foot of the page while one chooses. */
export function ChosenBar({ state }: { state: Browsing }) {
  const [batching, setBatching] = useState(false);
  const c = state.chosen.value;
  const found = state.tally.value?.found ?? 0;
  const plain = state.search.value.by === "doubt";
  const n = c.all ? found : c.ids.size;
  const out = Boolean(state.wanted.value.removed) && plain;
  return (
    <div class="chosen-bar" role="group" aria-label={t("browse.choose")}>
      <p aria-live="polite"><b>{number(n)}</b> {t("browse.chosen")}</p>
      {plain && !c.all && found > n && <button type="button" class="button" onClick={() => (state.chosen.value = { all: true, ids: new Set(), from: -1 })}>{t("browse.chooseAll", { n: found })}</button>}
      {!batching && <span class="chosen-acts">
        {acts(out).map((a) => <button key={a.act} type="button" class="button" disabled={n === 0} onClick={() => (a.act === "batch" ? setBatching(true) : void state.change(a.act))}><Icon name={a.icon} />{t(`browse.act.${a.act}`)}</button>)}
      </span>}
      <button type="button" class="bare" aria-label={t("browse.chooseEnd")} aria-keyshortcuts="Escape" onClick={() => state.choose(false)}><Icon name="close" size={22} /></button>
      {batching && <SetBatch project={state.project} chosen={n} onSet={(batch, name) => void state.change("batch", batch, name)} onLeave={() => setBatching(false)} />}
    </div>
  );
}

function acts(out: boolean): { act: ChangeAct; icon: string }[] {
  if (out) return [{ act: "restore", icon: "undo" }];
  return [
    { act: "batch", icon: "folder" },
    ...(may("set-gold") ? [{ act: "gold", icon: "check" } as const, { act: "ungold", icon: "close" } as const] : []),
    { act: "reask", icon: "question" }, { act: "remove", icon: "hide" },
  ];
}

/** What was done to the chosen pictures, how far it is, and the way back. */
export function Done({ state }: { state: Browsing }) {
  const d = state.doing.value;
  if (!d) return null;
  const c = d.change;
  return (
    <p class="browse-done" role="status">
      <span>{said(d)}</span>
      {c.left > 0 && <span class="label">{t("browse.left", { n: c.left })}</span>}
      {!d.undoing && c.done > 0 && <button type="button" class="link" onClick={() => void state.undo()}>{t("browse.undo")}</button>}
      <button type="button" class="bare" aria-label={t("browse.doneClose")} onClick={() => (state.doing.value = null)}><Icon name="close" size={18} /></button>
    </p>
  );
}

function said({ change: c, undoing, batch }: Doing): string {
  const come = c.done + c.left;
  if (undoing) return t("browse.undone", { n: c.undone });
  if (come < c.planned) return t("browse.underWay", { n: come, m: c.planned });
  if (c.act === "batch" && !batch) return t("batch.gone", { n: c.done });
  return t(`browse.did.${c.act}`, { n: c.done, name: batch });
}
