// The keeper's phone.
import { start } from '@shared/start';
import chinese from '../words/app.zh-CN.json';
import { startOffline } from './offline';
import Root from './Root.vue';
import { routes } from './routes';
import { registerWorker } from './worker';

void startOffline()
  .then(() =>
    start({ root: Root, routes, chinese, english: () => import('../words/app.en.json'), themes: true }),
  )
  .then(registerWorker);
