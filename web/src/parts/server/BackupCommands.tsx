import { type Backups, commands } from "../../core/backup";
import { t } from "../../core/words";
import { CopyRow } from "../CopyRow";

/** What to type to make a backup, to let it be made, and to bring one back. */
export function BackupCommands({ of }: { of: Backups }) {
  const { make, often, restore } = commands(of);
  return (
    <>
      <Command title={t("server.make")} how={of.to ? t("server.makeHow") : `${t("server.makeHow")} ${t("server.folder")}`} text={make} />
      {of.every === 0 && <Command title={t("server.often")} how={t("server.oftenHow")} text={often} />}
      <Command title={t("server.restore")} how={t("server.restoreHow")} text={restore} />
      <p class="label">{t("server.secret")}</p>
    </>
  );
}

function Command({ title, how, text }: { title: string; how: string; text: string }) {
  return (
    <section class="server-command">
      <h2>{title}</h2>
      <p class="label">{how}</p>
      <CopyRow label={title} text={text} />
    </section>
  );
}
