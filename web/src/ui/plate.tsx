import { cn } from './cn.ts';

export type PlateColour = 'white' | 'yellow' | 'blue' | 'green';

const looks: Record<PlateColour, string> = {
  white: 'bg-[oklch(0.995_0_0)] text-[oklch(0.2_0_0)] border-[oklch(0.72_0_0)]',
  yellow: 'bg-[oklch(0.86_0.16_90)] text-[oklch(0.2_0.02_90)] border-[oklch(0.68_0.13_85)]',
  blue: 'bg-[oklch(0.88_0.055_232)] text-[oklch(0.25_0.07_255)] border-[oklch(0.68_0.08_240)]',
  green: 'bg-[oklch(0.9_0.11_140)] text-[oklch(0.24_0.05_150)] border-[oklch(0.68_0.12_145)]',
};
const sizes = {
  sm: 'h-[22px] px-1.5 text-xs rounded-[4px]',
  md: 'h-[26px] px-2 text-[14px] rounded-[5px]',
  lg: 'h-9 px-3 text-[19px] rounded-[6px] border-2',
};

/** A licence plate that looks like one: white private, yellow commercial, light blue electric, light green corporate. */
export const Plate = ({
  plate,
  colour = 'white',
  size = 'md',
  className,
}: {
  plate: string;
  colour?: PlateColour | null;
  size?: keyof typeof sizes;
  className?: string;
}) => {
  const [, head = plate, serial = ''] = /^(.*?\D)\s*(\d{4})$/.exec(plate.trim()) ?? [];
  return (
    <span
      data-slot="plate"
      className={cn(
        'inline-flex shrink-0 items-center gap-[0.3em] whitespace-nowrap border font-bold leading-none tracking-tight',
        looks[colour ?? 'white'] ?? looks.white,
        sizes[size],
        className,
      )}
    >
      {/* The bolts of a real plate. */}
      <span aria-hidden className="size-[3px] rounded-full bg-current opacity-35" />
      <span>
        {head}
        {serial ? ` ${serial}` : ''}
      </span>
      <span aria-hidden className="size-[3px] rounded-full bg-current opacity-35" />
    </span>
  );
};

const words: Readonly<Record<string, PlateColour>> = {
  white: 'white',
  green: 'white',
  lightBlue: 'blue',
  lightGreen: 'green',
  yellow: 'yellow',
};

/** The colour of a chip: as the vehicle's record says, else yellow for the letters of commercial cars (K13), else white. */
export const plateColour = (plate: string, recorded?: string | null): PlateColour =>
  (recorded ? words[recorded] : undefined) ?? (/[아바사자배]\s*\d{4}$/.test(plate) ? 'yellow' : 'white');
