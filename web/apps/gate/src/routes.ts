import type { RouteRecordRaw } from 'vue-router';
import SignInScreen from './screens/SignInScreen.vue';

export const routes: RouteRecordRaw[] = [{ path: '/', component: SignInScreen }];
