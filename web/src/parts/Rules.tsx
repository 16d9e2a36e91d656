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
      <Pick label={t("project.rules.overlap")} why={t("project.rules.overlapWhy")} value={s.overlap} from={1} to={9}
        onPick={(overlap) => set(overlap > s.cap ? { overlap, cap: overlap } : { overlap })} />
      <Pick label={t("project.rules.cap")} why={t("project.rules.capWhy")} value={s.cap} from={s.overlap} to={15} onPick={(cap) => set({ cap })} />
    </section>
  );
}

interface PickProps {
  label: string;
  why: string;
  value: number;
  from: number;
  to: number;
  onPick: (value: number) => void;
}

function Pick({ label, why, value, from, to, onPick }: PickProps) {
  const numbers = Array.from({ length: Math.max(1, to - from + 1) }, (_, i) => from + i);
  return (
    <label class="rule">
      <span><b>{label}</b><span class="label">{why}</span></span>
      <select class="field" value={value} onChange={(e) => onPick(Number(e.currentTarget.value))}>
        {numbers.map((n) => <option key={n} value={n}>{n}</option>)}
      </select>
    </label>
  );
}
