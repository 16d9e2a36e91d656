import { type Delivery, type Hook, kindWord, took } from "../../core/programs";
import type { ProjectCard } from "../../core/project";
import { ago, moment, number, t } from "../../core/words";
import { removeHook, switchHook, testHook } from "../../sync/programs";
import { useAct } from "../useAct";

/** An address that is told, how it fares, and its last deliveries. */
export function HookRow({ of, projects, again }: { of: Hook; projects: readonly ProjectCard[]; again: () => void }) {
  const { problem, busy, run } = useAct();
  const act = (what: () => Promise<unknown>) => void run(async () => {
    await what();
    again();
  });
  const project = of.project ? (projects.find((p) => p.id === of.project)?.name ?? "") : t("programs.allProjects");
  return (
    <li>
      <p class="program-name"><b>{of.url}</b></p>
      <p class="label">{[project, ...of.kinds.map((k) => t(`programs.kind.${kindWord(k)}`))].join(" · ")}</p>
      <p class={of.on && of.since ? "bad" : "label"}>{state(of)}</p>
      <div class="acts">
        <button type="button" class="link" disabled={busy} onClick={() => act(() => testHook(of.hook))}>{t("programs.test")}</button>
        <button type="button" class="link" disabled={busy} onClick={() => act(() => switchHook(of.hook, !of.on))}>{t(of.on ? "programs.off" : "programs.on")}</button>
        <button type="button" class="link" disabled={busy} aria-label={t("programs.removeName", { name: of.url })} onClick={() => act(() => removeHook(of.hook))}>{t("programs.remove")}</button>
      </div>
      {problem && <p class="bad" role="alert">{problem}</p>}
      {of.deliveries.length > 0 && (
        <details>
          <summary>{t("programs.deliveries", { n: number(of.deliveries.length) })}</summary>
          <ul class="deliveries">{of.deliveries.map((d, i) => <li key={i} class={took(d) ? "" : "bad"}>{moment(d.at)}: {outcome(d)}</li>)}</ul>
        </details>
      )}
    </li>
  );
}

function state(of: Hook): string {
  if (!of.on) return t("programs.isOff");
  if (of.since) return t("programs.failing", { when: ago(of.since) });
  return t("programs.isOn");
}

function outcome(d: Delivery): string {
  const what = d.test ? t("programs.wasTest") : t("programs.events", { n: number(d.events) });
  return `${what}, ${d.status ? t("programs.answered", { status: String(d.status), ms: number(d.tookMs) }) : t(`programs.note.${d.note ?? "unreachable"}`)}`;
}
