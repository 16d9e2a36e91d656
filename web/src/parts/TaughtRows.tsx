import { nameOf } from "../core/naming";
import { pictureUrl, type Class, type TaughtBy } from "../core/project";
import { t } from "../core/words";
import { ClassTile } from "./ClassTile";

/** The taught pictures nearest to this one, a row for each class in question, marked with who taught them. */
export function TaughtRows({ project, classes, taught }: { project: string; classes: readonly Class[]; taught: readonly TaughtBy[] }) {
  return (
    <section aria-labelledby="t-h">
      <h3 id="t-h">{t("item.taught")}</h3>
      <ul class="taught">
        {taught.map((row) => {
          const place = classes.findIndex((c) => c.id === row.class);
          const c = classes[place];
          if (!c || (row.items ?? []).length === 0) return null;
          return (
            <li key={row.class}>
              <span class="taught-class"><ClassTile class={c} place={place} size="line" />{nameOf(c)}</span>
              {(row.items ?? []).slice(0, 3).map((i) => (
                <a key={i.id} class="shot" href={`/projects/${project}/pictures/${i.id}`}>
                  <span class="unseen">{t("item.taughtOpen", { name: nameOf(c) })} </span>
                  <img src={i.thumb || pictureUrl(project, i.id, 320)} alt="" />
                  {i.yours && <span class="tag">{t("item.you")}</span>}
                </a>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
