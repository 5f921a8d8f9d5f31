// A resident's phone: the family, the code, a scan at the gate.
import { start } from '@shared/start';
import chinese from '../words/app.zh-CN.json';
import Root from './Root.vue';
import { routes } from './routes';

void start({ root: Root, routes, chinese, english: () => import('../words/app.en.json'), themes: false });
