import { useRef, useState } from "preact/hooks";
import { t } from "../core/words";
import { Icon } from "./Icon";
import { type Picked, fromDrop, fromInput } from "./pickFiles";
import "../style/upload.css";

/** Where pictures, folders and zips are dropped or chosen. */
export function DropZone({ onFiles, small }: { onFiles: (files: Picked[]) => void; small?: boolean }) {
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const chosen = (e: Event) => {
    const input = e.currentTarget as HTMLInputElement;
    onFiles(fromInput(input));
    input.value = "";
  };
  const dropped = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    if (e.dataTransfer) void fromDrop(e.dataTransfer).then(onFiles);
  };
  const enter = (e: DragEvent) => {
    e.preventDefault();
    setOver(true);
  };
  return (
    <div class={`drop${over ? " drop-over" : ""}${small ? " drop-small" : ""}`} onDragOver={enter} onDragEnter={enter} onDragLeave={() => setOver(false)} onDrop={dropped}>
      <Icon name="add" size={28} />
      <div class="drop-words">
        <p class="drop-title">{t("upload.drop")}</p>
        <p class="drop-choose">
          <span class="drop-or">{t("upload.or")}</span>
          <button type="button" class="link" onClick={() => files.current?.click()}>{t("upload.choose")}</button>
          <span class="drop-or">{t("upload.or")}</span>
          <button type="button" class="link" onClick={() => folder.current?.click()}>{t("upload.folder")}</button>
        </p>
      </div>
      <input ref={files} type="file" multiple hidden accept="image/*,.zip,application/zip" aria-label={t("upload.choose")} onChange={chosen} />
      <input ref={folder} type="file" multiple hidden aria-label={t("upload.folder")} onChange={chosen} {...{ webkitdirectory: true }} />
    </div>
  );
}
