import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { offered } from "../../core/annotation";
import { nameOf } from "../../core/naming";
import type { Class } from "../../core/project";
import { language, t } from "../../core/words";
import type { Desk } from "../../sync/desk";
import { Choices } from "./Choices";

interface OfferProps {
  project: string;
  classes: readonly Class[];
  desk: Desk;
  onChoose: (c: Class) => void;
  onUnsure: () => void;
}

/** The classes to choose from, the one marked that the child offers. They are drawn anew only when that changes. */
export function Offer({ project, classes, desk, onChoose, onUnsure }: OfferProps) {
  const offer = useComputed(() => offered(desk.task.value)).value;
  return useMemo(() => <Choices project={project} classes={classes} offer={offer} onChoose={onChoose} onUnsure={onUnsure} />, [project, classes, offer, language.value]);
}

/** How to answer: by a digit, or by agreeing with what the child offers. */
export function How({ desk, classes }: { desk: Desk; classes: readonly Class[] }) {
  const offer = useComputed(() => offered(desk.task.value)).value;
  const c = classes.find((one) => one.id === offer);
  return <p class="label" role="status">{c ? t("work.childOffers", { name: nameOf(c) }) : t("work.how")}</p>;
}
