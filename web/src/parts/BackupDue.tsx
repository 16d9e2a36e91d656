import { t } from "../core/words";
import { backups } from "../sync/backups";
import { may } from "../sync/me";
import { useLoad } from "./Loaded";

/** Tells whoever runs the server that no backup is as young as it should be; nothing to others. */
export function BackupDue() {
  const load = useLoad(() => (may("operate-process") ? backups() : Promise.resolve(null)), []);
  if (!load.value?.due) return null;
  return <p class="notice" role="status">{t("server.due")} <a class="link" href="/server">{t("server.see")}</a></p>;
}
