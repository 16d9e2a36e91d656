import { t } from "../core/words";
import type { Upload } from "../sync/upload";

/** The first pictures of an upload; empty mats hold their places from the start. */
export function Previews({ upload }: { upload: Upload }) {
  const urls = upload.previews.value;
  const mats = Math.max(0, 18 - urls.length);
  return (
    <>
      <ul class="previews" aria-hidden="true">
        {urls.map((u) => <li key={u}><img src={u} alt="" onError={(e) => e.currentTarget.remove()} /></li>)}
        {Array.from({ length: mats }, (_, i) => <li key={i} class="mat" />)}
      </ul>
      <p class="label">{t(upload.tally.value.total > 0 ? "upload.stay" : "upload.stripped")}</p>
    </>
  );
}
