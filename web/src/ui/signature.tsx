'use client';
import { Eraser } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type PointerEvent, useRef } from 'react';
import { Button } from './button.tsx';

/** A field to sign in with finger, pen or mouse; gives the picture, or undefined while it is empty. */
export const SignaturePad = ({ label, onChange }: { label: string; onChange: (picture: Blob | undefined) => void }) => {
  const t = useTranslations('photos');
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  const at = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * 600, ((event.clientY - box.top) / box.height) * 180];
  };
  const pen = (): CanvasRenderingContext2D | null | undefined => canvas.current?.getContext('2d');
  const start = (event: PointerEvent<HTMLCanvasElement>): void => {
    drawing.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    const context = pen();
    context?.beginPath();
    context?.moveTo(...at(event));
  };
  const move = (event: PointerEvent<HTMLCanvasElement>): void => {
    const context = pen();
    if (!drawing.current || !context) return;
    context.lineWidth = 3;
    context.lineCap = 'round';
    context.strokeStyle = '#14181f';
    context.lineTo(...at(event));
    context.stroke();
  };
  const end = (): void => {
    if (!drawing.current) return;
    drawing.current = false;
    canvas.current?.toBlob((blob) => onChange(blob ?? undefined), 'image/png');
  };
  const clear = (): void => {
    pen()?.clearRect(0, 0, 600, 180);
    onChange(undefined);
  };
  return (
    <div className="grid gap-1">
      <div className="flex items-center justify-between">
        <span className="font-medium text-sm">{label}</span>
        <Button tone="quiet" size="sm" onClick={clear}>
          <Eraser aria-hidden />
          {t('clear')}
        </Button>
      </div>
      <canvas
        ref={canvas}
        width={600}
        height={180}
        aria-label={label}
        role="img"
        data-slot="signature"
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={end}
        className="h-36 w-full touch-none rounded-md border border-line-strong border-dashed bg-white"
      />
    </div>
  );
};
