import { useEffect, useState } from "preact/hooks";
import { settled } from "../core/upload";
import { t } from "../core/words";
import { batches, batchOf } from "../sync/batches";
import { uploadOf } from "../sync/upload";
import { BatchName } from "./batch/BatchName";
import { DropZone } from "./DropZone";
import { useLoad } from "./Loaded";
import { UploadState } from "./UploadState";
import { type Picked, sortFiles } from "./pickFiles";
import { useAct } from "./useAct";

/** More pictures for a project that exists, into a batch or none. */
export function AddPictures({ project, again, bare }: { project: string; again: () => void; bare?: boolean }) {
  const upload = uploadOf(project);
  const done = settled(upload.tally.value);
  const [batch, setBatch] = useState("");
  const load = useLoad(() => batches(project), [project]);
  const { problem, run } = useAct();
  useEffect(() => {
    if (done > 0) again();
  }, [Math.floor(done / 25), upload.tally.value.total === done]);
  const bring = (files: readonly Picked[]) => run(async () => sendFiles(project, files, await batchOf(project, batch)));
  const zone = (
    <>
      <DropZone onFiles={(f) => void bring(f)} small />
      <BatchName label={t("batch.into")} batches={load.value ?? []} value={batch} onValue={setBatch} hint={t("batch.intoHint")} />
      {problem && <p class="bad" role="alert">{problem}</p>}
      <UploadState upload={upload} />
    </>
  );
  if (bare) return zone;
  return (
    <section class="part" aria-labelledby="more-h">
      <h2 id="more-h">{t("project.more")}</h2>
      {zone}
      <p><a class="link" href={`/projects/${project}/table`}>{t("table.link")}</a></p>
    </section>
  );
}

/** Sends what was chosen the way of its kind: pictures, zips, and the rest counted as refused. */
export function sendFiles(project: string, files: readonly Picked[], batch = ""): void {
  const upload = uploadOf(project);
  const { pictures, zips, others } = sortFiles(files);
  const into = (picked: readonly Picked[]) => picked.map((p) => ({ ...p, batch }));
  upload.refuse(into(others), t("upload.notPicture"));
  upload.add(into(pictures));
  void upload.zips(into(zips));
}
