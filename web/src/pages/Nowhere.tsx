import { t } from "../core/words";
import { Page } from "../parts/Page";
import "../style/shared.css";

/** What stands at an address that leads nowhere, and the way back. */
export default function Nowhere() {
  return (
    <Page title={t("page.nowhere")}>
      <div class="nowhere">
        <h1>{t("page.nowhere")}</h1>
        <p class="label">{t("page.nowhereNext")}</p>
        <a class="button" href="/">{t("home.title")}</a>
      </div>
    </Page>
  );
}
