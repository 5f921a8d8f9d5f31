// Builds every app that stands in apps/, or those that are named.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(`${web}/shared/rules/rules.wasm`)) {
  console.error(
    'web: no shared/rules/rules.wasm; script/build makes it, or: cmake --build build/release --target rules',
  );
  process.exit(1);
}
const present = readdirSync(`${web}/apps`).filter((app) => existsSync(`${web}/apps/${app}/index.html`));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : present;
for (const app of wanted) {
  console.log(`web: ${app}`);
  const run = spawnSync(
    process.execPath,
    [
      `${web}/node_modules/vite/bin/vite.js`,
      'build',
      '--logLevel',
      'warn',
      '--config',
      `${web}/vite.config.ts`,
    ],
    {
      stdio: 'inherit',
      cwd: web,
      env: { ...process.env, APP: app },
    },
  );
  if (run.status !== 0) process.exit(run.status ?? 1);
}
