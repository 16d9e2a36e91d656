import { date, t } from "../../core/words";
import { CopyRow } from "../CopyRow";

/** A link that is shown once, to copy and pass on. */
export function MadeLink({ title, url, expires }: { title: string; url: string; expires: number }) {
  return (
    <div class="made" role="status">
      <p><b>{title}</b></p>
      <p class="label">{t("people.once", { day: date(expires) })}</p>
      <CopyRow label={t("people.link")} text={url} />
    </div>
  );
}

/** A PIN that is shown once. */
export function MadePIN({ name, pin }: { name: string; pin: string }) {
  return (
    <div class="made" role="status">
      <p><b>{t("people.pinMade", { name })}</b></p>
      <p class="made-pin">{pin}</p>
      <p class="label">{t("people.pinOnce")}</p>
    </div>
  );
}
