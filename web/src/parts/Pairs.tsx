import type { Class, MixedPair } from "../core/project";
import { nameOf } from "../core/naming";
import { t } from "../core/words";
import { ClassTile } from "./ClassTile";
import { Icon } from "./Icon";

/** The classes that get mixed up most, as pairs of pictures. */
export function Pairs({ classes, pairs }: { classes: readonly Class[]; pairs: readonly MixedPair[] }) {
  return (
    <section class="part" aria-labelledby="pairs-h">
      <h2 id="pairs-h">{t("project.pairs.title")}</h2>
      {pairs.length === 0 ? <p class="label">{t("project.pairs.none")}</p> : (
        <ul class="pairs">
          {pairs.slice(0, 2).map((p) => <Pair key={p.a + p.b} classes={classes} pair={p} />)}
        </ul>
      )}
    </section>
  );
}

function Pair({ classes, pair }: { classes: readonly Class[]; pair: MixedPair }) {
  const at = classes.findIndex((c) => c.id === pair.a);
  const bt = classes.findIndex((c) => c.id === pair.b);
  const a = classes[at];
  const b = classes[bt];
  if (!a || !b) return null;
  return (
    <li>
      <div class="pair-shots">
        <Side url={pair.itemA} of={a} place={at} />
        <Icon name="mixed" size={18} />
        <Side url={pair.itemB} of={b} place={bt} />
      </div>
      <p class="pair-words">
        <ClassTile class={a} place={at} size="caption" /> {nameOf(a)} <span class="label">{t("project.pairs.for")}</span>
        <ClassTile class={b} place={bt} size="caption" /> {nameOf(b)}
        <b>{t("project.pairs.times", { n: pair.times })}</b>
      </p>
    </li>
  );
}

/** A picture of one way round; its class where nobody met that way yet. */
function Side({ url, of, place }: { url: string; of: Class; place: number }) {
  return <span class={url ? "shot" : "shot pair-none"}>{url ? <img src={url} alt="" loading="lazy" /> : <ClassTile class={of} place={place} size="choice" />}</span>;
}
