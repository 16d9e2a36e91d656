import { t } from "../core/words";

/** What to know about how the answers of the people can be judged; nothing when there is nothing to say. */
export function Notices({ notices }: { notices: readonly string[] }) {
  if (notices.length === 0) return null;
  return (
    <ul class="notices">
      {notices.map((n) => <li key={n} class="notice">{t(`project.notice.${n}`)}</li>)}
    </ul>
  );
}
