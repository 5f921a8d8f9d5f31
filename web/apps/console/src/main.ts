// The desk of the community office.
import { start } from '@shared/start';
import chinese from '../words/app.zh-CN.json';
import Root from './Root.vue';
import { routes } from './routes';

void start({ root: Root, routes, chinese, english: () => import('../words/app.en.json'), themes: true });
