import { useState } from "preact/hooks";
import type { ProjectView, Settings } from "../core/project";
import { t } from "../core/words";
import { changeProject } from "../sync/projects";

/** The rules of asking: each change is saved at once and said so. */
export function Rules({ project, again }: { project: ProjectView; again: () => void }) {
  const [said, setSaid] = useState("");
  const [bad, setBad] = useState(false);
  const s = project.settings;
  const set = async (settings: Partial<Settings>) => {
    try {
      await changeProject(project.id, { settings });
      setBad(false);
      setSaid(t("project.rules.saved"));
      again();
    } catch (e) {
      setBad(true);
      setSaid(e instanceof Error ? e.message : t("page.lineDown"));
    }
  };
  return (
    <section class="part" id="rules" aria-labelledby="rules-h">
      <div class="part-head">
        <h2 id="rules-h">{t("project.rules.title")}</h2>
        <p class={bad ? "bad" : "good"} role="status">{said}</p>
      </div>
      <label class="rule check">
        <input type="checkbox" checked={s.showModel} onChange={(e) => set({ showModel: e.currentTarget.checked })} />
        <span><b>{t("project.rules.show")}</b><span class="label">{t("project.rules.showWhy")}</span></span>
      </label>
      <label class="rule check">
        <input type="checkbox" checked={s.propose} onChange={(e) => set({ propose: e.currentTarget.checked })} />
        <span><b>{t("project.rules.propose")}</b><span class="label">{t("project.rules.proposeWhy")}</span></span>
      </label>
      <Pick label={t("project.rules.overlap")} why={t("project.rules.overlapWhy")} value={s.overlap} options={numbers(1, 9)}
        onPick={(overlap) => set(overlap > s.cap ? { overlap, cap: overlap } : { overlap })} />
      <Pick label={t("project.rules.cap")} why={t("project.rules.capWhy")} value={s.cap} options={numbers(s.overlap, 15)} onPick={(cap) => set({ cap })} />
      <Pick label={t("project.rules.gold")} why={goldWords(s.goldShare)} value={s.goldShare} options={shares(s.goldShare)} onPick={(goldShare) => set({ goldShare })} />
    </section>
  );
}

interface Option {
  value: number;
  text: string;
}

interface PickProps {
  label: string;
  why: string;
  value: number;
  options: readonly Option[];
  onPick: (value: number) => void;
}

function Pick({ label, why, value, options, onPick }: PickProps) {
  return (
    <label class="rule">
      <span><b>{label}</b><span class="label">{why}</span></span>
      <select class="field" value={value} onChange={(e) => onPick(Number(e.currentTarget.value))}>
        {options.map((o) => <option key={o.value} value={o.value}>{o.text}</option>)}
      </select>
    </label>
  );
}

function numbers(from: number, to: number): Option[] {
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, i) => ({ value: from + i, text: String(from + i) }));
}

/** Of how many pictures one has a known answer; 0 for none. */
const ONE_OF = [0, 100, 50, 30, 20, 15, 10, 7, 5, 4];

function shares(now: number): Option[] {
  const text = (share: number) => (share === 0 ? "0" : t("project.rules.oneOf", { n: Math.round(1 / share) }));
  const values = ONE_OF.map((n) => (n === 0 ? 0 : 1 / n));
  if (!values.includes(now)) values.push(now);
  return values.sort((a, b) => a - b).map((value) => ({ value, text: text(value) }));
}

function goldWords(share: number): string {
  return share === 0 ? t("project.rules.goldOff") : t("project.rules.goldWhy", { n: Math.round(1 / share) });
}
