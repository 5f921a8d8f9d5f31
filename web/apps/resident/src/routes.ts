import type { RouteRecordRaw } from 'vue-router';
import HomeScreen from './screens/HomeScreen.vue';

export const routes: RouteRecordRaw[] = [
  { path: '/', component: HomeScreen },
  { path: '/code/:person?', component: () => import('./screens/CodeScreen.vue'), props: true },
  { path: '/pass', component: () => import('./screens/PassScreen.vue') },
  { path: '/scan', component: () => import('./screens/ScanCameraScreen.vue') },
  {
    path: '/seal/:code',
    component: () => import('./screens/SealScreen.vue'),
    props: true,
    meta: { open: true }, // Hangs on the door: anybody may read it.
  },
  { path: '/trips', component: () => import('./screens/TripsScreen.vue') },
  { path: '/visits', component: () => import('./screens/VisitsScreen.vue') },
  {
    path: '/courier/:venue',
    component: () => import('./screens/CourierScreen.vue'),
    props: true,
    meta: { open: true }, // Nobody signs in to deliver a parcel.
  },
  { path: '/scan/:venue', component: () => import('./screens/ScanScreen.vue'), props: true },
  { path: '/appeal', component: () => import('./screens/AppealScreen.vue') },
  { path: '/data', component: () => import('./screens/DataScreen.vue') },
  { path: '/:rest(.*)*', redirect: '/' },
];
