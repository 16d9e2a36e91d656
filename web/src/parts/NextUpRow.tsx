import type { Class, NextUp, ProjectView } from "../core/project";
import { live } from "../core/project";
import { nameOf } from "../core/naming";
import { t } from "../core/words";

/** The pictures that are asked next, each with the reason in words. */
export function NextUpRow({ project, next, browse }: { project: ProjectView; next: readonly NextUp[]; browse: boolean }) {
  const classes = live(project.labelSet.classes);
  return (
    <section class="part" aria-labelledby="next-h">
      <div class="part-head">
        <h2 id="next-h">{t("project.next.title")}</h2>
        <p class="label">{t("project.next.open", { n: project.counts.open, m: project.counts.items })}</p>
      </div>
      {next.length === 0 ? <p class="label">{t(browse || project.counts.open === 0 ? "project.next.none" : "project.next.hidden")}</p> : (
        <ul class="next">
          {next.slice(0, 5).map((n) => (
            <li key={n.item}>
              <Shot project={project.id} next={n} browse={browse} />
              <p>{why(n, classes)}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Shot({ project, next, browse }: { project: string; next: NextUp; browse: boolean }) {
  const img = <img src={next.thumb} alt="" loading="lazy" />;
  if (!browse) return <span class="shot">{img}</span>;
  return <a class="shot" href={`/projects/${project}/pictures/${next.item}`} aria-label={t("project.next.openPicture")}>{img}</a>;
}

function why(n: NextUp, classes: readonly Class[]): string {
  const a = classes.find((c) => c.id === n.a);
  const b = classes.find((c) => c.id === n.b);
  switch (n.why) {
    case "unsure":
      return a && b ? t("project.why.between", { a: nameOf(a), b: nameOf(b) }) : t("project.why.unsure");
    case "differ":
      return t("project.why.differ");
    case "new":
      return t("project.why.new");
    case "overlap":
      return t("project.why.overlap");
    default:
      return t("project.why.random");
  }
}
