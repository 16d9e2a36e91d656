/** A text that is shorter on a phone. */
export function Sized({ long, short }: { long: string; short: string }) {
  return <><span class="long">{long}</span><span class="short">{short}</span></>;
}
