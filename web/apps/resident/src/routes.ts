import type { RouteRecordRaw } from 'vue-router';
import HomeScreen from './screens/HomeScreen.vue';

export const routes: RouteRecordRaw[] = [
  { path: '/', component: HomeScreen },
  { path: '/code', component: () => import('./screens/CodeScreen.vue') },
  { path: '/pass', component: () => import('./screens/PassScreen.vue') },
  { path: '/scan/:venue', component: () => import('./screens/ScanScreen.vue'), props: true },
  { path: '/:rest(.*)*', redirect: '/' },
];
