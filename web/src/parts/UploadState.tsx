import { minutesLeft, settled } from "../core/upload";
import { said } from "../core/server";
import { number, size, t } from "../core/words";
import type { Travelling, Upload } from "../sync/upload";
import { Icon } from "./Icon";
import "../style/upload.css";

/** How far an upload is: a bar, counts, what was left out, and every refused file by name. */
export function UploadState({ upload }: { upload: Upload }) {
  const tally = upload.tally.value;
  const job = upload.job.value;
  const total = tally.total + (job?.total ?? 0);
  const done = settled(tally) + (job?.done ?? 0);
  const inNow = tally.imported + tally.known + (job?.report ? job.report.imported + job.report.known : 0);
  const left = minutesLeft({ ...tally, total }, upload.startedAt, Date.now());
  const zip = upload.travelling.value;
  if (total === 0 && !job && !zip) return null;
  return (
    <div class="upload">
      {zip && <ZipState zip={zip} />}
      {(total > 0 || job) && <>
      <div class="part-head">
        <p aria-live="polite"><b>{t("upload.in", { n: number(inNow), m: number(total) })}</b></p>
        <p class="label">{note(upload, done, total, left)} {job && <button type="button" class="link" onClick={() => void upload.stop().catch(() => undefined)}>{t("upload.stop")}</button>}</p>
      </div>
      <progress class="bar" value={done} max={Math.max(1, total)} aria-label={t("upload.progress")} />
      </>}
      <Leftovers upload={upload} />
    </div>
  );
}

/** How much of a zip is sent; what is in it is counted once it is there. */
function ZipState({ zip }: { zip: Travelling }) {
  const words = { name: zip.name, n: size(zip.sent), m: size(zip.all) };
  return (
    <>
      <p><b>{t(zip.sent < zip.all ? "upload.zip" : "upload.zipThere", words)}</b></p>
      <progress class="bar" value={zip.sent} max={Math.max(1, zip.all)} aria-label={t("upload.zipProgress")} />
    </>
  );
}

function note(upload: Upload, done: number, total: number, left: number | null): string {
  if (upload.waiting.value) return t("upload.waiting");
  if (done >= total && total > 0) return t("upload.allIn");
  return left === null ? "" : t("upload.left", { n: left });
}

function Leftovers({ upload }: { upload: Upload }) {
  const tally = upload.tally.value;
  const job = upload.job.value?.report;
  const refused = tally.refused + (job?.refused ?? 0);
  const known = tally.known + (job?.known ?? 0);
  const reasons = [...tally.reasons, ...(job?.reasons ?? [])];
  return (
    <div class="leftovers">
      {known > 0 && <span class="label">{t("upload.copies", { n: number(known) })}</span>}
      {tally.failed > 0 && (
        <span class="bad">{t("upload.failed", { n: number(tally.failed) })} <button type="button" class="link" onClick={() => upload.retry()}>{t("upload.again")}</button></span>
      )}
      {refused > 0 && (
        <details>
          <summary><Icon name="warning" size={18} /> <span>{t("upload.refused", { n: number(refused) })}</span> <b>{t("upload.show")}</b></summary>
          <ul>
            {reasons.map((r) => <li key={r.name}><b>{r.name}</b> {r.reason ? reason(r) : t("upload.unread")}</li>)}
            {refused > reasons.length && <li>{t("upload.more", { n: number(refused - reasons.length) })}</li>}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Why a picture was not taken, without its name, which stands before. */
function reason(r: { name: string; reason: string }): string {
  const why = said(r.reason);
  return why.startsWith(`${r.name} `) ? why.slice(r.name.length + 1) : why;
}
