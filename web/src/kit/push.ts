const bytesOf = (key: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

/** Whether this browser can take push messages at all. */
export const canTakePush = (): boolean =>
  typeof window !== 'undefined' && 'serviceWorker' in navigator && 'PushManager' in window;

const tell = async (method: 'PUT' | 'DELETE', device: unknown): Promise<void> => {
  const body = JSON.stringify(device);
  const answer = await fetch('/push/devices', { method, headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`The device was not noted: ${answer.status}`);
};

const subscription = async (): Promise<PushSubscription | undefined> => {
  const worker = await navigator.serviceWorker.getRegistration('/push-worker.js');
  return (await worker?.pushManager.getSubscription()) ?? undefined;
};

/** Whether messages are pushed to this device. */
export const takesPush = async (): Promise<boolean> => canTakePush() && (await subscription()) !== undefined;

/** Asks the person, then notes this device. Throws when they say no, or when the server pushes nothing. */
export const takePush = async (): Promise<void> => {
  const { publicKey } = (await (await fetch('/push/key')).json()) as { publicKey: string | null };
  if (!publicKey || (await Notification.requestPermission()) !== 'granted') throw new Error('No push messages');
  const worker = await navigator.serviceWorker.register('/push-worker.js');
  await navigator.serviceWorker.ready;
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) });
  const { endpoint, keys } = made.toJSON();
  await tell('PUT', { endpoint, keys });
};

/** Nothing is pushed to this device any more. */
export const leavePush = async (): Promise<void> => {
  const made = await subscription();
  if (!made) return;
  await tell('DELETE', { endpoint: made.endpoint });
  await made.unsubscribe();
};
