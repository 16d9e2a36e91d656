import { useState } from "preact/hooks";
import { nameOf } from "../core/naming";
import { live, type Class, type ProjectView } from "../core/project";
import { type ClassUse, type Coming, type Fates, asked, decided } from "../core/relabel";
import { number, t } from "../core/words";
import { classUses } from "../sync/projects";
import { ClassTile } from "./ClassTile";
import { Loaded, useLoad } from "./Loaded";
import { useAct } from "./useAct";
import "../style/relabel.css";

interface RelabelProps {
  project: ProjectView;
  draft: readonly Class[];
  coming: Coming;
  onSave: (classes: Class[]) => Promise<void>;
  onBack: () => void;
}

/** Says what happens to existing answers before classes come or go, and asks what becomes of those that go. */
export function Relabel({ project, draft, coming, onSave, onBack }: RelabelProps) {
  const load = useLoad(() => classUses(project.id), [project.id]);
  const [fates, setFates] = useState<Fates>({});
  const { problem, busy, run } = useAct();
  return (
    <Loaded load={load}>
      {(uses) => {
        const again = asked(coming.gone, fates, uses.classes);
        return (
          <div class="relabel">
            <h3>{t("relabel.title")}</h3>
            {coming.added.length > 0 && <p>{t("relabel.added", { names: coming.added.map(nameOf).join(", ") })}</p>}
            {coming.gone.map((c) => (
              <Gone key={c.id} of={c} use={uses.classes.find((u) => u.id === c.id)} others={live(draft)} fate={fates[c.id] ?? []}
                onFate={(into) => setFates({ ...fates, [c.id]: into })} />
            ))}
            <ul class="relabel-then">
              {coming.gone.length > 0 && <li>{t(again === 0 ? "relabel.nothingAgain" : again === 1 ? "relabel.oneAgain" : "relabel.someAgain", { n: again })}</li>}
              <li>{t("relabel.kept")}</li>
              <li>{t(`relabel.audit.${uses.audit}`)}</li>
              <li>{t("relabel.child")}</li>
            </ul>
            <p class="bad" role="alert">{problem}</p>
            <p class="acts">
              <button type="button" class="button main" disabled={busy} onClick={() => void run(() => onSave(decided(draft, coming.gone, fates)))}>{t("relabel.do")}</button>
              <button type="button" class="link" onClick={onBack}>{t("relabel.back")}</button>
            </p>
          </div>
        );
      }}
    </Loaded>
  );
}

interface GoneProps {
  of: Class;
  use: ClassUse | undefined;
  others: readonly Class[];
  fate: readonly string[];
  onFate: (into: readonly string[]) => void;
}

/** One class that goes: how much names it, and what becomes of that. */
function Gone({ of, use, others, fate, onFate }: GoneProps) {
  const [kind, setKind] = useState<"ask" | "merge" | "split">("ask");
  const choose = (k: typeof kind) => {
    setKind(k);
    onFate(k === "merge" ? [others[0]!.id] : k === "split" ? others.slice(-2).map((c) => c.id) : []);
  };
  const toggle = (id: string) => onFate(fate.includes(id) ? fate.filter((one) => one !== id) : [...fate, id]);
  return (
    <fieldset class="relabel-gone">
      <legend><b>{t("relabel.gone", { name: nameOf(of) })}</b> <span class="label">{t("relabel.use", { n: number(use?.answers ?? 0), m: number(use?.pictures ?? 0) })}</span></legend>
      {(use?.known ?? 0) > 0 && <p class="label">{t("relabel.known", { n: use!.known })}</p>}
      {(["ask", "merge", "split"] as const).map((k) => (
        <label key={k} class="check"><input type="radio" name={`fate-${of.id}`} checked={kind === k} onChange={() => choose(k)} /><span>{t(`relabel.${k}`)}</span></label>
      ))}
      {kind === "merge" && (
        <select class="field" aria-label={t("relabel.merge")} value={fate[0]} onChange={(e) => onFate([e.currentTarget.value])}>
          {others.map((c) => <option key={c.id} value={c.id}>{nameOf(c)}</option>)}
        </select>
      )}
      {kind === "split" && (
        <div class="relabel-split">
          {others.map((c, i) => (
            <label key={c.id} class="check"><input type="checkbox" checked={fate.includes(c.id)} disabled={fate.length === 2 && fate.includes(c.id)} onChange={() => toggle(c.id)} /><ClassTile class={c} place={i} size="small" /><span>{nameOf(c)}</span></label>
          ))}
        </div>
      )}
    </fieldset>
  );
}
