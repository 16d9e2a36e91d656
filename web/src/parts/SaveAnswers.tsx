import { t } from "../core/words";
import type { Outbox } from "../sync/outbox";
import { Icon } from "./Icon";

/** The last resort for answers that never find a line: a file to carry to the manager. They stay here as well. */
export function SaveAnswers({ outbox }: { outbox: Outbox }) {
  const save = async () => {
    const file = await outbox.file();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: "application/json" }));
    link.download = `akhra-answers-${new Date(file.saved).toISOString().slice(0, 16).replace(":", "")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return (
    <section class="part pack-save" aria-labelledby="save-h">
      <h2 id="save-h">{t("pack.save")}</h2>
      <p>{t("pack.saveHow", { n: outbox.waiting.value })}</p>
      <button type="button" class="button" onClick={() => void save()}><Icon name="download" />{t("pack.saveDo")}</button>
    </section>
  );
}
