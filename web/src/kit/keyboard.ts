'use client';
import { useEffect, useRef } from 'react';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Single-key shortcuts; silent while somebody types or a dialog is open. `mod+k` works everywhere. */
export const useKeys = (keys: Keys, enabled = true): void => {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!enabled) return;
    const press = (event: KeyboardEvent): void => {
      const mod = event.metaKey || event.ctrlKey;
      const name = `${mod ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
      const act = current.current[name];
      if (!act || event.altKey || event.defaultPrevented) return;
      if (
        !mod &&
        (typing(event.target) || document.querySelector('[role="dialog"][data-state="open"]:not([data-inspector])'))
      )
        return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [enabled]);
};

/** Moves the focus among the elements that carry `data-item` inside a container: `j`/`k` and the arrows. */
export const moveFocus = (container: HTMLElement | null, step: 1 | -1): void => {
  if (!container) return;
  const items = [...container.querySelectorAll<HTMLElement>('[data-item]')];
  const at = items.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
  const next = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + step, 0), items.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
};
