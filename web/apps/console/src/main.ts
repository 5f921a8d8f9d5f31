// The desk of the community office.
import { start } from '@shared/start';
import isolationChinese from '@shared/words/isolation.zh-CN.json';
import sealChinese from '@shared/words/seal.zh-CN.json';
import chinese from '../words/app.zh-CN.json';
import Root from './Root.vue';
import { routes } from './routes';

// The gate says nothing about orders: their words stand in a file of their own.
async function english() {
  const [isolation, seal, own] = await Promise.all([
    import('@shared/words/isolation.en.json'),
    import('@shared/words/seal.en.json'),
    import('../words/app.en.json'),
  ]);
  return { default: { ...isolation.default, ...seal.default, ...own.default } };
}

void start({
  root: Root,
  routes,
  chinese: { ...isolationChinese, ...sealChinese, ...chinese },
  english,
  themes: true,
});
