import type { VNode } from "preact";
import { type Block, type Inline, blocks } from "../core/markdown";
import { guidelinePicture } from "../core/guideline";
import { pictureUrl } from "../core/project";
import "../style/markdown.css";

/** A text with a few marks of Markdown, drawn by us: nothing in it is ever HTML. */
export function Markdown({ project, text }: { project: string; text: string }) {
  return <div class="markdown">{blocks(text).map((b, i) => <Part key={i} project={project} block={b} />)}</div>;
}

function Part({ project, block: b }: { project: string; block: Block }) {
  switch (b.kind) {
    case "list": {
      const items = b.items.map((inner, i) => <li key={i}><Line project={project} of={inner} /></li>);
      return b.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "paragraph": return <p><Line project={project} of={b.inner} /></p>;
    case "heading": {
      const Level = (["h3", "h4", "h5"] as const)[b.level - 1]!;
      return <Level><Line project={project} of={b.inner} /></Level>;
    }
  }
}

function Line({ project, of }: { project: string; of: readonly Inline[] }) {
  return <>{of.map((one, i) => <Piece key={i} project={project} of={one} />)}</>;
}

function Piece({ project, of }: { project: string; of: Inline }): VNode | string {
  switch (of.kind) {
    case "text": return of.text;
    case "break": return <br />;
    case "bold": return <b><Line project={project} of={of.inner} /></b>;
    case "italic": return <i><Line project={project} of={of.inner} /></i>;
    case "link": return <a class="link" href={of.href} target="_blank" rel="noopener noreferrer nofollow"><Line project={project} of={of.inner} /></a>;
    case "picture": return <img src={of.from === "item" ? pictureUrl(project, of.id, 720) : guidelinePicture(project, of.id)} alt={of.alt} loading="lazy" />;
  }
}
