import { CopyRow } from "../CopyRow";

/** A secret that is told this once, to be copied. */
export function Secret({ title, lead, text }: { title: string; lead: string; text: string }) {
  return (
    <div class="made" role="status">
      <p><b>{title}</b></p>
      <p class="label">{lead}</p>
      <CopyRow label={title} text={text} />
    </div>
  );
}
