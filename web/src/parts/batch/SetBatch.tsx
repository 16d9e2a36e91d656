import { useState } from "preact/hooks";
import { t } from "../../core/words";
import { batches, batchOf } from "../../sync/batches";
import { useLoad } from "../Loaded";
import { useAct } from "../useAct";
import { BatchName } from "./BatchName";

/** What putting pictures into a batch needs. */
export interface SetBatchProps {
  project: string;
  /** How many pictures are chosen. */
  chosen: number;
  /** Puts them into a batch; with an empty id out of theirs. */
  onSet: (batch: string, name: string) => void;
  onLeave: () => void;
}

/** Where the chosen pictures go: a batch there is, a new one, or none. */
export function SetBatch({ project, chosen, onSet, onLeave }: SetBatchProps) {
  const [name, setName] = useState("");
  const load = useLoad(() => batches(project), [project]);
  const { problem, busy, run } = useAct();
  const put = (e: Event) => {
    e.preventDefault();
    void run(async () => onSet(await batchOf(project, name), name.trim()));
  };
  return (
    <form class="batch-set" onSubmit={put} onKeyDown={(e) => e.key === "Escape" && (e.stopPropagation(), onLeave())}>
      <BatchName label={t("batch.which")} batches={load.value ?? []} value={name} onValue={setName} hint={t("batch.whichHint")} />
      <p class="acts">
        <button class="button" disabled={busy || chosen === 0 || !name.trim()}>{t("batch.put")}</button>
        <button type="button" class="button" disabled={busy || chosen === 0} onClick={() => onSet("", "")}>{t("batch.out")}</button>
        <button type="button" class="link" onClick={onLeave}>{t("page.leave")}</button>
      </p>
      {(problem || load.problem) && <p class="bad" role="alert">{problem || load.problem}</p>}
    </form>
  );
}
