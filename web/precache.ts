// The service worker of an app that has one: its own few lines with the list of everything that was built, written to the
// app's root. The version is the content's, so a build that changed nothing is no new version.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const neverKept = new Set(['manifest.json', 'service-worker.js']);

export function precache(appFolder: string, base: string, distFolder: string): Plugin {
  const source = join(appFolder, 'service-worker.js');
  return {
    name: 'firstline-precache',
    apply: 'build',
    closeBundle() {
      if (!existsSync(source)) return;
      const built = readdirSync(distFolder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !neverKept.has(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
      const hash = createHash('sha256');
      const text = readFileSync(source, 'utf8');
      hash.update(text);
      const files = built.map((path) => {
        const name = path.slice(distFolder.length).replace(/^\/+/, '');
        hash.update(name).update(readFileSync(path));
        return base + (name === 'index.html' ? '' : name);
      });
      const version = hash.digest('hex').slice(0, 16);
      const head = `const version = ${JSON.stringify(version)};\nconst files = ${JSON.stringify(files)};\n`;
      writeFileSync(join(distFolder, 'service-worker.js'), head + text);
    },
  };
}
