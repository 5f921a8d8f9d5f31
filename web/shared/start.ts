// How every app begins: appearance, words, routes after the '#', then the page.
import { createApp, type Component } from 'vue';
import { createRouter, createWebHashHistory, type Router, type RouteRecordRaw } from 'vue-router';
import { createLanguages } from '@shared/i18n';
import { startAppearance } from '@shared/ui/appearance';
import '@shared/ui/tokens.css';

export interface Start {
  root: Component;
  routes: RouteRecordRaw[];
  chinese: Record<string, string>;
  english: () => Promise<{ default: Record<string, string> }>;
  themes?: boolean; // Day and night colours; without it always day.
}

export async function start(parts: Start): Promise<Router> {
  startAppearance(parts.themes ?? false);
  const router = createRouter({ history: createWebHashHistory(), routes: parts.routes });
  const i18n = await createLanguages(parts.chinese, parts.english);
  createApp(parts.root).use(router).use(i18n).mount('#app');
  return router;
}
