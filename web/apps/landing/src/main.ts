import { start } from '@shared/start';
import chinese from '../words/app.zh-CN.json';
import Root from './Root.vue';

void start({ root: Root, routes: [], chinese, english: () => import('../words/app.en.json') });
