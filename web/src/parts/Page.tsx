import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../core/words";
import { may, me } from "../sync/me";
import { DiskLow } from "./DiskLow";
import { Icon, Mark } from "./Icon";
import { Menu } from "./Menu";
import { ShortcutSheet } from "./Shortcuts";
import "../style/page.css";

/** The frame of every page but the work page: where one is, help, oneself. */
export function Page({ title, project, tab, children }: { title: string; project?: string; tab?: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · Akhra`;
  }, [title]);
  return (
    <>
      <a class="button skip-link" href="#main">{t("page.skip")}</a>
      <header class="top">
        <a class="top-brand" href="/" aria-label={t("home.title")}><Mark /></a>
        <span class="top-title">{title}</span>
        {project && <Tabs project={project} tab={tab ?? ""} />}
        <div class="top-end">
          <a class="top-icon" href="/help" aria-label={t("help.title")}><Icon name="help" size={22} /></a>
          <Menu />
        </div>
      </header>
      <DiskLow />
      {me.value?.insecure && <p class="notice">{t("page.insecure")}</p>}
      <main id="main" tabIndex={-1}>{children}</main>
      <ShortcutSheet />
    </>
  );
}

function Tabs({ project, tab }: { project: string; tab: string }) {
  const at = `/projects/${project}`;
  const tabs = [
    { name: "overview", href: at, show: true },
    { name: "child", href: `${at}/child`, show: may("see-progress") },
    { name: "pictures", href: `${at}/pictures`, show: may("browse") },
    { name: "people", href: `${at}/people`, show: may("see-skills") },
    { name: "work", href: `${at}/work`, show: may("annotate") },
  ];
  return (
    <nav class="top-tabs" aria-label={t("page.tabs")}>
      {tabs.filter((one) => one.show).map((one) => (
        <a key={one.name} href={one.href} aria-current={one.name === tab ? "page" : undefined}>{t(`page.tab.${one.name}`)}</a>
      ))}
    </nav>
  );
}
