// The ticking present, shared by everything on the page that shows it.
import { readonly, ref } from 'vue';

const present = ref(Date.now());
setInterval(() => (present.value = Date.now()), 250);
export const now = readonly(present);
