import { nameOf } from "../core/naming";
import type { Class, ClassOffers, Proposals } from "../core/project";
import { t } from "../core/words";
import { ClassTile } from "./ClassTile";

/** How many wrong offers must be answered before they say anything. */
const ENOUGH = 20;

/** Which classes the child may offer before the answer, and how people take what is wrong on purpose; nothing while it is off. */
export function Offers({ classes, proposals }: { classes: readonly Class[]; proposals: Proposals | null }) {
  if (!proposals?.on) return null;
  const by = new Map((proposals.classes ?? []).map((c) => [c.id, c]));
  const alone = [...by.values()].filter((c) => c.proved && !c.back).length === 1;
  return (
    <section class="part" aria-labelledby="offers-h">
      <div class="part-head"><h2 id="offers-h">{t("project.offers.title")}</h2></div>
      <p>{taken(proposals)}</p>
      <ul class="offers">
        {classes.map((c, i) => (
          <li key={c.id} class="offers-row">
            <ClassTile class={c} place={i} size="small" />
            <span class="offers-name">{nameOf(c)}</span>
            <span class="offers-words"><Words of={by.get(c.id)} alone={alone} back={proposals.back} /></span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** That people accepted too many wrong offers, at the top of the page; nothing as long as they do not. */
export function OffersNotice({ classes, proposals }: { classes: readonly Class[]; proposals: Proposals | null }) {
  if (!proposals?.on) return null;
  const back = proposals.back ? [] : (proposals.classes ?? []).filter((c) => c.back);
  const said = proposals.back ? [taken(proposals)] : back.map((b) => t("project.offers.noticeClass", { n: b.wrong.accepted, m: b.wrong.of, name: named(classes, b.id) }));
  return said.length === 0 ? null : <ul class="notices">{said.map((one) => <li key={one} class="notice">{one}</li>)}</ul>;
}

function named(classes: readonly Class[], id: string): string {
  const c = classes.find((one) => one.id === id);
  return c ? nameOf(c) : "";
}

/** How the people of the project take wrong offers. */
function taken({ wrong, back, promised }: Proposals): string {
  if (promised) return t("project.offers.promised");
  if (wrong.of === 0) return t("project.offers.none");
  const said = t("project.offers.accepted", { n: wrong.accepted, m: wrong.of });
  if (back) return `${said} ${t("project.offers.back")}`;
  return wrong.of < ENOUGH ? `${said} ${t("project.offers.few")}` : said;
}

function Words({ of, alone, back }: { of: ClassOffers | undefined; alone: boolean; back: boolean }) {
  if (!of || of.of === 0) return <span>{t("project.offers.notYet")}</span>;
  return (
    <>
      <span>{t("project.offers.right", { n: of.right, m: of.of })}</span>
      <span class={of.shown ? "stopped" : of.back ? "bad" : ""}>{state(of, alone, back)}</span>
    </>
  );
}

function state(of: ClassOffers, alone: boolean, back: boolean): string {
  if (of.back) return t("project.offers.classBack", { n: of.wrong.accepted, m: of.wrong.of });
  if (of.shown) return t("project.offers.shown");
  if (!of.proved) return t("project.offers.unproved");
  return t(back ? "project.offers.blind" : alone ? "project.offers.alone" : "project.offers.blind");
}
