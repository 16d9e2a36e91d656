import { useEffect, useState } from "preact/hooks";
import { titleOf } from "../core/naming";
import { type Brought, lacking, type Look, type Plan, type Taking } from "../core/table";
import { live, type ProjectView } from "../core/project";
import { number, t } from "../core/words";
import { Loaded, useLoad } from "../parts/Loaded";
import { Page } from "../parts/Page";
import { Columns } from "../parts/table/Columns";
import { Kinds } from "../parts/table/Kinds";
import { Taken } from "../parts/table/Taken";
import { Verdict } from "../parts/table/Verdict";
import { project } from "../sync/projects";
import { bring, look, take } from "../sync/tables";
import "../style/shared.css";
import "../style/upload.css";
import "../style/table.css";

/** Brings a table from elsewhere in: see it, say what it is, see what would happen, and only then take it in. */
export default function Table({ project: id }: { project: string }) {
  const load = useLoad(() => project(id), [id]);
  return (
    <Page title={load.value ? titleOf(load.value) : ""} project={id}>
      <Loaded load={load}>{(p) => <Steps project={p} />}</Loaded>
    </Page>
  );
}

function Steps({ project: p }: { project: ProjectView }) {
  const [table, setTable] = useState<Brought | null>(null);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [seen, setSeen] = useState<Look | null>(null);
  const [taking, setTaking] = useState<{ id: string; of: Taking } | null>(null);
  const [problem, setProblem] = useState("");
  const fail = (e: unknown) => setProblem(e instanceof Error ? e.message : t("page.lineDown"));
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setProblem("");
    setTaking(null);
    try {
      const brought = await bring(p.id, file);
      setTable(brought);
      setPlan(brought.guess);
    } catch (e) {
      fail(e);
    }
  };
  useEffect(() => {
    setSeen(null);
    if (!table || !plan || lacking(plan)) return;
    let stale = false;
    setProblem("");
    look(p.id, table.table, plan).then((l) => stale || setSeen(l), (e) => stale || fail(e));
    return () => {
      stale = true;
    };
  }, [table, plan]);
  const start = async () => {
    if (!table || !plan) return;
    setProblem("");
    try {
      setTaking({ id: "", of: { state: "waiting", done: 0, total: 0, set: 0, known: 0, left: 0, refused: 0, reasons: [], lines: false } });
      const { id, end } = await take(p.id, table.table, plan, (of) => setTaking({ id: "", of }));
      setTaking({ id, of: end });
    } catch (e) {
      setTaking(null);
      fail(e);
    }
  };
  const lack = plan && lacking(plan);
  return (
    <div class="table-page">
      <h1>{t("table.title")}</h1>
      <p class="label">{t("table.lead")}</p>
      <Choose name={table?.name ?? ""} choose={choose} />
      {problem && <p class="bad" role="alert">{problem}</p>}
      {table && plan && !taking && (
        <>
          <Kinds plan={plan} onChange={setPlan} />
          <Columns table={table} plan={plan} onChange={setPlan} />
          {lack && <p class="table-lack" role="status">{t(`table.lacks.${lack}`)}</p>}
          {!lack && !seen && !problem && <p class="label" role="status">{t("table.looking")}</p>}
          {seen && <Verdict look={seen} plan={plan} classes={live(p.labelSet.classes)} onChange={setPlan} />}
          {seen && <button type="button" class="button main" disabled={seen.ready === 0} onClick={() => void start()}>{t("table.take", { n: number(seen.ready) })}</button>}
        </>
      )}
      {taking && <Taken project={p.id} id={taking.id} of={taking.of} />}
    </div>
  );
}

function Choose({ name, choose }: { name: string; choose: (file: File | undefined) => Promise<void> }) {
  const [over, setOver] = useState(false);
  const drop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    void choose(e.dataTransfer?.files[0]);
  };
  const enter = (e: DragEvent) => {
    e.preventDefault();
    setOver(true);
  };
  return (
    <label class={`table-drop${over ? " drop-over" : ""}`} onDragOver={enter} onDragLeave={() => setOver(false)} onDrop={drop}>
      <b>{name || t("table.drop")}</b>
      <span class="label">{t(name ? "table.another" : "table.csv")}</span>
      <input type="file" accept=".csv,.gz,.txt,text/csv" aria-label={t("table.drop")} onChange={(e) => void choose(e.currentTarget.files?.[0])} />
    </label>
  );
}
