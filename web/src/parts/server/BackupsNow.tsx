import { type Backups, type Kept, often } from "../../core/backup";
import { said } from "../../core/server";
import { ago, duration, t } from "../../core/words";
import { Icon } from "../Icon";

/** How old the last verified backup is, what came of the last try, and when the next comes by itself. */
export function BackupsNow({ of }: { of: Backups }) {
  const newer = of.last && of.last.made !== of.verified?.made;
  return (
    <section aria-labelledby="backups-h">
      <h2 id="backups-h">{t("server.backups")}</h2>
      <Standing verified={of.verified} due={of.due} />
      {newer && <p class="label">{t("server.newer", { when: ago(of.last!.made) })}</p>}
      {of.failed && <p class="bad server-long">{t("server.failed", { when: ago(of.failed.at), why: said(of.failed.why) })}</p>}
      <h3>{t("server.byItself")}</h3>
      <p class="server-long">{of.every > 0 ? `${everyWords(of.every)}, ${t("server.into", { folder: of.to })}` : t("server.notByItself")}</p>
      {of.every > 0 && of.keep > 0 && <p class="label">{t("server.keeps", { n: of.keep })}</p>}
      {of.unproven > 0 && <p class="label">{t("server.unproven", { n: of.unproven })}</p>}
    </section>
  );
}

function Standing({ verified, due }: { verified?: Kept; due: boolean }) {
  if (!verified) return <p class={due ? "server-standing late" : "server-standing"}>{t("server.none")}</p>;
  const when = ago(verified.made);
  return (
    <>
      {due ? <p class="server-standing late">{t("server.old", { when })}</p> : <p class="server-standing well"><Icon name="check" size={24} />{t("server.verified", { when })}</p>}
      <p class="label">{t("server.holds", { answers: verified.answers, items: verified.items })}</p>
      <p class="label server-long">{verified.folder}</p>
    </>
  );
}

const EVERY = { day: "server.everyDay", days: "server.everyDays", hours: "server.everyHours" } as const;

function everyWords(seconds: number): string {
  const { unit, n } = often(seconds);
  return unit === "time" ? t("server.everyTime", { time: duration(n * 1000) }) : t(EVERY[unit], { n });
}
