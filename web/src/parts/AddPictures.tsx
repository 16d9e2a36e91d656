import { useEffect } from "preact/hooks";
import { settled } from "../core/upload";
import { t } from "../core/words";
import { uploadOf } from "../sync/upload";
import { DropZone } from "./DropZone";
import { UploadState } from "./UploadState";
import { type Picked, sortFiles } from "./pickFiles";

/** More pictures for a project that exists. */
export function AddPictures({ project, again, bare }: { project: string; again: () => void; bare?: boolean }) {
  const upload = uploadOf(project);
  const done = settled(upload.tally.value);
  useEffect(() => {
    if (done > 0) again();
  }, [Math.floor(done / 25), upload.tally.value.total === done]);
  const zone = (
    <>
      <DropZone onFiles={(f) => sendFiles(project, f)} small />
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
export function sendFiles(project: string, files: readonly Picked[]): void {
  const upload = uploadOf(project);
  const { pictures, zips, others } = sortFiles(files);
  upload.refuse(others, t("upload.notPicture"));
  upload.add(pictures);
  void upload.zips(zips);
}
