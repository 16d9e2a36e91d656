import { useState } from "preact/hooks";
import { type Batch, LONGEST_BATCH } from "../../core/batch";
import { newId } from "../../core/id";
import type { ProjectView } from "../../core/project";
import { t } from "../../core/words";
import { batches, dropBatch, putBatch } from "../../sync/batches";
import { Loaded, useLoad } from "../Loaded";
import { useAct } from "../useAct";
import { BatchRow } from "./BatchRow";
import "../../style/batch.css";

/** The batches of a project: how far each is and when it is asked, changed in place; an empty list says what they are for. */
export function BatchesPart({ project: p }: { project: ProjectView }) {
  const load = useLoad(() => batches(p.id), [p.id, p.counts.done, p.counts.items]);
  const { problem, busy, run } = useAct();
  const [said, setSaid] = useState("");
  const act = async (what: () => Promise<unknown>) => {
    setSaid("");
    if (await run(what)) setSaid(t("project.rules.saved"));
    load.again();
  };
  return (
    <section class="part" id="batches" aria-labelledby="batches-h">
      <div class="part-head">
        <h2 id="batches-h">{t("batch.title")}</h2>
        <p class="good" role="status">{said}</p>
      </div>
      {problem && <p class="bad" role="alert">{problem}</p>}
      <Loaded load={load}>{(all) => (
        <>
          {all.length === 0 ? <p class="label">{t("batch.none")}</p> : <Table project={p} all={all} busy={busy} act={act} />}
          <Make onMake={(name) => act(() => putBatch(p.id, { id: newId(), name, priority: "normal", overlap: 0 }))} />
        </>
      )}</Loaded>
    </section>
  );
}

interface TableProps {
  project: ProjectView;
  all: readonly Batch[];
  busy: boolean;
  act: (what: () => Promise<unknown>) => Promise<void>;
}

function Table({ project: p, all, busy, act }: TableProps) {
  return (
    <table class="batches" aria-labelledby="batches-h" aria-busy={busy}>
      <thead><tr>{["batch.name", "batch.far", "batch.priority", "batch.overlap"].map((word) => <th key={word} scope="col">{t(word)}</th>)}<td /></tr></thead>
      <tbody>
        {all.map((b) => <BatchRow key={b.id} project={p} batch={b} onChange={(next) => act(() => putBatch(p.id, next))} onDrop={() => act(() => dropBatch(p.id, b.id))} />)}
      </tbody>
    </table>
  );
}

function Make({ onMake }: { onMake: (name: string) => Promise<void> }) {
  const [name, setName] = useState("");
  const make = (e: Event) => {
    e.preventDefault();
    if (name.trim()) void onMake(name).then(() => setName(""));
  };
  return (
    <form class="batch-make" onSubmit={make}>
      <input class="field" value={name} maxLength={LONGEST_BATCH} aria-label={t("batch.newName")} placeholder={t("batch.newName")} onInput={(e) => setName(e.currentTarget.value)} />
      <button class="button" disabled={!name.trim()}>{t("batch.make")}</button>
    </form>
  );
}
