import type { Token } from "../../core/programs";
import { ago, date, t } from "../../core/words";
import { removeToken } from "../../sync/programs";
import { useAct } from "../useAct";

/** A program that is let in, and the way to shut it out. */
export function TokenRow({ of, again }: { of: Token; again: () => void }) {
  const { problem, busy, run } = useAct();
  const over = of.expires > 0 && of.expires <= Date.now();
  return (
    <li>
      <p class="program-name"><b>{of.name}</b> <span class="label">{t("programs.for", { name: of.by })}</span></p>
      <p class="label">{of.acts.map((a) => t(`programs.act.${a}`)).join(" · ")}</p>
      <p class="label">
        {of.used ? t("programs.used", { when: ago(of.used) }) : t("programs.neverUsed")}{" "}
        {over ? t("programs.over") : of.expires ? t("programs.ends", { day: date(of.expires) }) : t("programs.endless")}
      </p>
      <div class="acts">
        <button type="button" class="link" disabled={busy} aria-label={t("programs.removeName", { name: of.name })} onClick={() => void run(async () => {
          await removeToken(of.token);
          again();
        })}>{t("programs.remove")}</button>
      </div>
      {problem && <p class="bad" role="alert">{problem}</p>}
    </li>
  );
}
