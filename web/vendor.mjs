// Copies the few files that pages load from node_modules to web/static/vendor, which git ignores (npm's postinstall).
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "web", "static", "vendor");
const files = {
  "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
  "htmx.org/dist/htmx.min.js": "htmx.min.js",
  "openseadragon/build/openseadragon/openseadragon.min.js": "openseadragon.min.js",
};

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const [source, name] of Object.entries(files)) {
  cpSync(join(root, "node_modules", source), join(target, name));
}
