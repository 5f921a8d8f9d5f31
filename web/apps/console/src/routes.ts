import type { RouteRecordRaw } from 'vue-router';
import GatesScreen from './screens/GatesScreen.vue';

export const routes: RouteRecordRaw[] = [
  { path: '/', component: GatesScreen },
  { path: '/people', component: () => import('./screens/PeopleScreen.vue') },
  { path: '/home/:household', component: () => import('./screens/HouseholdScreen.vue'), props: true },
  { path: '/contacts/:person', component: () => import('./screens/ContactsScreen.vue'), props: true },
  { path: '/person/:person', component: () => import('./screens/PersonScreen.vue'), props: true },
  {
    path: '/person/:person/merge/:other?',
    component: () => import('./screens/MergeScreen.vue'),
    props: true,
  },
  { path: '/import/:import?', component: () => import('./screens/ImportScreen.vue'), props: true },
  { path: '/places', component: () => import('./screens/PlacesScreen.vue') },
  { path: '/building/:building', component: () => import('./screens/BuildingScreen.vue'), props: true },
  { path: '/plan/:compound', component: () => import('./screens/PlanScreen.vue'), props: true },
  { path: '/gates', component: () => import('./screens/GatesDeskScreen.vue') },
  { path: '/facts', component: () => import('./screens/FactsScreen.vue') },
  { path: '/why/:passage', component: () => import('./screens/WhyScreen.vue'), props: true },
  { path: '/phones', component: () => import('./screens/PhonesScreen.vue') },
  { path: '/offline', component: () => import('./screens/OfflineScreen.vue') },
  { path: '/accounts', component: () => import('./screens/AccountsScreen.vue') },
  { path: '/me', component: () => import('./screens/MyAccountScreen.vue') },
  { path: '/rules', component: () => import('./screens/RulesScreen.vue') },
  { path: '/passes', component: () => import('./screens/PassesScreen.vue') },
  {
    path: '/passes/card/:compound/:number?',
    component: () => import('./screens/PassCardsScreen.vue'),
    props: true,
    meta: { marksItself: true },
  },
  { path: '/trips', component: () => import('./screens/TripsScreen.vue') },
  { path: '/visits', component: () => import('./screens/VisitsScreen.vue') },
  {
    path: '/poster/:gate',
    component: () => import('./screens/PosterScreen.vue'),
    props: true,
    meta: { marksItself: true },
  },
  { path: '/:rest(.*)*', redirect: '/' },
];
