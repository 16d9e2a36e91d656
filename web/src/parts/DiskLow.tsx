import { t } from "../core/words";
import { diskLow } from "../sync/api";

/** Tells that the server takes nothing for want of space; nothing when it does. */
export function DiskLow() {
  return diskLow.value ? <p class="notice" role="status">{t("page.diskLow")}</p> : null;
}
