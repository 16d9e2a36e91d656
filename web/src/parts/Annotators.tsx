import { initials, personName } from "../core/naming";
import type { AnnotatorView } from "../core/skill";
import { number, t } from "../core/words";
import { OfTen } from "./OfTen";

interface AnnotatorsProps {
  people: readonly AnnotatorView[];
  /** Answers carry no names, so nobody has a score. */
  pooled: boolean;
  chosen: string;
  onChoose: (id: string) => void;
}

/** The annotators of a project; the chosen one is shown beside the list. */
export function Annotators({ people, pooled, chosen, onChoose }: AnnotatorsProps) {
  return (
    <ul class="annotators">
      {people.map((p) => (
        <li key={p.id}>
          <button type="button" class="annotator" aria-pressed={p.id === chosen} onClick={() => onChoose(p.id)}>
            <span class="face" aria-hidden="true">{initials(p.name)}</span>
            <span class="annotator-who"><b>{personName(p.name)}</b><span class="label">{t("mine.answers", { n: number(p.answers) })}</span></span>
            {!pooled && <OfTen skill={p.skill} />}
          </button>
        </li>
      ))}
    </ul>
  );
}
