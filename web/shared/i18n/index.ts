// Two languages: Chinese is bundled, English comes when it is wanted. The browser chooses, one tap changes it, and the choice
// is kept. Words are flat JSON, "a.b": "text"; each app hands in its own beside those of shared/words.
import { createI18n } from 'vue-i18n';
import { recall, remember } from '@shared/base/remember';
import commonChinese from '@shared/words/common.zh-CN.json';
import gateChinese from '@shared/words/gate.zh-CN.json';

export type Language = 'zh-CN' | 'en';
type Words = Record<string, string>;
interface Tree {
  [key: string]: string | Tree;
}

export function nest(flat: Words): Tree {
  const root: Tree = {};
  for (const [path, text] of Object.entries(flat)) {
    const names = path.split('.');
    const last = names.pop()!;
    let at = root;
    for (const name of names) at = (at[name] ??= {}) as Tree;
    at[last] = text;
  }
  return root;
}

export function preferredLanguage(kept: string | null, wanted: readonly string[]): Language {
  if (kept === 'zh-CN' || kept === 'en') return kept;
  const first = wanted[0] ?? 'zh-CN';
  return /^zh\b/i.test(first) ? 'zh-CN' : 'en';
}

export async function createLanguages(chinese: Words, loadEnglish: () => Promise<{ default: Words }>) {
  // The words are data here, not types: vue-i18n's inference over them is endless.
  const messages: Record<string, Record<string, never>> = {
    'zh-CN': nest({ ...commonChinese, ...gateChinese, ...chinese }) as Record<string, never>,
  };
  const i18n = createI18n<false, { legacy: false; messages: typeof messages }>({
    legacy: false,
    locale: 'zh-CN',
    fallbackLocale: 'zh-CN',
    missingWarn: false,
    fallbackWarn: false,
    messages,
  } as never);
  let englishLoaded = false;
  const use = async (language: Language) => {
    if (language === 'en' && !englishLoaded) {
      const [common, gate, own] = await Promise.all([
        import('@shared/words/common.en.json'),
        import('@shared/words/gate.en.json'),
        loadEnglish(),
      ]);
      const words = { ...common.default, ...gate.default, ...own.default } as Words;
      i18n.global.setLocaleMessage('en', nest(words) as Record<string, never>);
      englishLoaded = true;
    }
    (i18n.global.locale as unknown as { value: Language }).value = language;
    document.documentElement.lang = language;
    const title = document.querySelector('meta[name="title-key"]')?.getAttribute('content');
    if (title) document.title = i18n.global.t(title);
  };
  switchTo = async (language) => {
    await use(language);
    remember('language', language);
  };
  await use(preferredLanguage(recall('language'), navigator.languages));
  return i18n;
}

let switchTo: (language: Language) => Promise<void> = async () => {};
export const switchLanguage = (language: Language) => switchTo(language);
