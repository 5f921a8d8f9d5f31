// Large text and day or night colours: kept on this device, written on <html> where tokens.css reads them.
import { reactive, readonly } from 'vue';
import { recall, remember } from '@shared/base/remember';

export type Theme = 'light' | 'dark';
const state = reactive<{ elder: boolean; theme: Theme }>({ elder: false, theme: 'light' });
export const appearance = readonly(state);

function write(): void {
  const root = document.documentElement;
  root.dataset.theme = state.theme;
  if (state.elder) root.dataset.elder = '';
  else delete root.dataset.elder;
}

// `themes`: false for apps that are always light.
export function startAppearance(themes: boolean): void {
  state.elder = recall('elder') === 'on';
  const kept = recall('theme');
  const night = matchMedia('(prefers-color-scheme: dark)').matches;
  state.theme = !themes ? 'light' : kept === 'dark' || (kept !== 'light' && night) ? 'dark' : 'light';
  write();
}
export function setElder(on: boolean): void {
  state.elder = on;
  remember('elder', on ? 'on' : null);
  write();
}
export function setTheme(theme: Theme): void {
  state.theme = theme;
  remember('theme', theme);
  write();
}
