'use client';
import { type PointerEvent, useRef, useState } from 'react';
import { useKeys } from '../../../kit/keyboard.ts';
import { type Block, type Place, putDown } from './timeline.ts';

/** Nearer than this it is a click. */
const slackPx = 5;

type Grip = { readonly block: Block; readonly x: number; readonly y: number; readonly offset: number };

/**
 * Dragging a block to another time or bay with a mouse or pen; a finger scrolls instead, and there, as by keyboard, the
 * record itself offers the move. Escape lets go. `hold` gives a block its handlers; a press that did not move opens it.
 */
export const useDrag = ({
  day,
  span,
  onMove,
}: {
  day: string;
  span: { from: number; to: number };
  onMove: (block: Block, to: Place) => void;
}) => {
  const grip = useRef<Grip | undefined>(undefined);
  const moved = useRef(false);
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<Place>();
  const letGo = (): void => {
    grip.current = undefined;
    setDragged(undefined);
    setOver(undefined);
  };
  useKeys({ Escape: letGo }, dragged !== undefined);

  const placeUnder = ({ block, offset }: Grip, { clientX, clientY }: PointerEvent): Place | undefined => {
    const lane = document
      .elementsFromPoint(clientX, clientY)
      .find((each): each is HTMLElement => each instanceof HTMLElement && each.dataset.bayId !== undefined);
    if (!lane?.dataset.bayId) return undefined;
    const { left, width } = lane.getBoundingClientRect();
    return { bayId: lane.dataset.bayId, ...putDown(block, (clientX - left - offset) / width, day, span) };
  };

  const hold = (block: Block, open: () => void) => ({
    onClick: () => {
      if (!moved.current) open();
      moved.current = false;
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      moved.current = false;
      if (!block.moves || event.button !== 0 || event.pointerType === 'touch') return;
      const offset = event.clientX - event.currentTarget.getBoundingClientRect().left;
      grip.current = { block, x: event.clientX, y: event.clientY, offset };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const held = grip.current;
      if (!held) return;
      if (!moved.current && Math.hypot(event.clientX - held.x, event.clientY - held.y) < slackPx) return;
      moved.current = true;
      setDragged(block.id);
      setOver(placeUnder(held, event));
    },
    onPointerUp: (event: PointerEvent) => {
      const held = grip.current;
      const to = held && moved.current ? placeUnder(held, event) : undefined;
      letGo();
      if (to) onMove(block, to);
    },
    onPointerCancel: letGo,
  });
  return { dragged, over, hold };
};
