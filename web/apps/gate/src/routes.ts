import type { RouteRecordRaw } from 'vue-router';
import EnrolScreen from './screens/EnrolScreen.vue';
import HandoverScreen from './screens/HandoverScreen.vue';
import StartScreen from './screens/StartScreen.vue';

// The duty screen is no route: Root shows it over "/" while on duty, so that "back" cannot leave a shift half-way.
export const routes: RouteRecordRaw[] = [
  { path: '/', component: StartScreen },
  { path: '/enrol/:code', component: EnrolScreen },
  { path: '/handover', component: HandoverScreen },
  { path: '/:rest(.*)*', redirect: '/' },
];
