// One build per app: `APP=gate vite build` writes dist/gate for the address /gate/. Apps share code only through shared/.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { precache } from './precache.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const app = process.env.APP ?? 'gate';
const server = process.env.FIRSTLINE_ADDRESS ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: here(`./apps/${app}`),
  base: `/${app}/`,
  publicDir: here(`./apps/${app}/public`),
  plugins: [vue(), precache(here(`./apps/${app}`), `/${app}/`, here(`./dist/${app}`))],
  resolve: { alias: { '@shared': here('./shared') } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  worker: { format: 'es' },
  build: {
    outDir: here(`./dist/${app}`),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    reportCompressedSize: false,
    // In one piece: it is needed whole at once, and packs worse in two.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'vue', test: /node_modules\/(@?vue|@intlify)/ }] } },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': server } },
});
