import type { RouteRecordRaw } from 'vue-router';
import StartScreen from './screens/StartScreen.vue';

// The duty screen is no route: Root shows it over "/" while on duty, so that "back" cannot leave a shift half-way.
export const routes: RouteRecordRaw[] = [
  { path: '/', component: StartScreen },
  { path: '/enrol/:code', component: () => import('./screens/EnrolScreen.vue') },
  { path: '/handover', component: () => import('./screens/HandoverScreen.vue') },
  { path: '/:rest(.*)*', redirect: '/' },
];
