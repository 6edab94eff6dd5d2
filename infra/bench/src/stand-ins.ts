import type { Bus, Vault } from '@cargoro/infra/ports';

/** Parts that are not on the path a workload measures. */
export const openVault: Vault = {
  seal: async (data) => data,
  open: async (data) => data,
  destroy: async () => undefined,
};
export const quietBus: Bus = {
  publish: async () => undefined,
  subscribe: async () => ({ close: async () => undefined }),
  onGap: () => undefined,
  state: () => ({ part: 'bus', status: 'up' }),
  close: async () => undefined,
};
export const quietLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };
