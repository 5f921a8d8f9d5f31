// One thing at a time that asks the server: whether it is under way, and what went wrong last. A second tap meanwhile does
// nothing.
import { ref } from 'vue';

export function useWork() {
  const busy = ref(false);
  const fault = ref<unknown>(null);
  async function doing(work: () => Promise<unknown>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    fault.value = null;
    try {
      await work();
    } catch (problem) {
      fault.value = problem;
    } finally {
      busy.value = false;
    }
  }
  return { busy, fault, doing };
}
