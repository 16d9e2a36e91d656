import { useEffect, useRef } from "preact/hooks";
import { personName } from "../core/naming";
import type { Class } from "../core/project";
import { type AnnotatorView, frequency, naturally } from "../core/skill";
import { duration, number, t } from "../core/words";
import { MATRIX_CLASSES, Matrix } from "./Matrix";
import { MixUps } from "./MixUps";

interface AnnotatorSheetProps {
  of: AnnotatorView;
  /** Answers carry no names, so nobody has a score. */
  pooled: boolean;
  classes: readonly Class[];
  /** She was chosen just now, not shown from the start. */
  moved: boolean;
}

/** One annotator: how much and how fast she answers, what she mixes up, her confusion as a table. */
export function AnnotatorSheet({ of, pooled, classes, moved }: AnnotatorSheetProps) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!moved || innerWidth > 900) return; // beside the list it is in sight
    head.current?.focus({ preventScroll: true });
    head.current?.scrollIntoView();
  }, [of.id]);
  return (
    <section class="annotator-sheet" aria-labelledby="annotator-h">
      <h2 id="annotator-h" tabIndex={-1} ref={head}>{personName(of.name)}</h2>
      <Figures of={of} />
      {!pooled && <h3>{t("skill.mixes")}</h3>}
      {!pooled && (of.skill ? <MixUps skill={of.skill} classes={classes} /> : <p class="label">{t("skill.mixesFew")}</p>)}
      {of.skill && of.skill.confusion.length > 0 && classes.length <= MATRIX_CLASSES && <Matrix skill={of.skill} classes={classes} />}
      <p class="label">{t("skill.notSkips")}</p>
    </section>
  );
}

function Figures({ of }: { of: AnnotatorView }) {
  const all = of.answers + of.skips;
  return (
    <dl class="score-figures">
      <div><dt>{t("skill.known")}</dt><dd>{of.known.of > 0 ? t("skill.part", { n: of.known.right, m: of.known.of }) : t("skill.knownNone")}</dd></div>
      {of.wrong.of > 0 && <div><dt>{t("skill.wrong")}</dt><dd>{t("skill.part", { n: of.wrong.accepted, m: of.wrong.of })}</dd></div>}
      <div><dt>{t("skill.agrees")}</dt><dd>{of.agreement.of > 0 ? parts(of.agreement.same, of.agreement.of) : t("skill.knownNone")}</dd></div>
      <div><dt>{t("skill.left")}</dt><dd>{number(of.left)}</dd></div>
      <div><dt>{t("skill.hours")}</dt><dd>{of.hours > 0 ? duration(of.hours * 3_600_000) : "–"}</dd></div>
      <div><dt>{t("skill.pace")}</dt><dd>{of.paceMillis > 0 ? duration(of.paceMillis) : "–"}</dd></div>
      <div><dt>{t("skill.notSure")}</dt><dd>{part(of.notSure, all)}</dd></div>
      <div><dt>{t("skill.skips")}</dt><dd>{part(of.skips, all)}</dd></div>
    </dl>
  );
}

function parts(n: number, of: number): string {
  const f = naturally(n, of);
  return t("skill.part", { n: f.n, m: f.of });
}

function part(n: number, of: number): string {
  const f = frequency(n, of);
  return t("skill.part", { n: f.n, m: f.of });
}
