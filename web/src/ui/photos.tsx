'use client';
import { Camera, ImageOff, LoaderCircle, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { type FileRef, fileUrl, keepFile } from '../kit/files.ts';
import { toast } from './toast.tsx';

/** Takes photos: the hash is shown after taking, it is what the record will prove. */
export const PhotoInput = ({
  photos,
  onChange,
}: {
  photos: readonly FileRef[];
  onChange: (photos: readonly FileRef[]) => void;
}) => {
  const t = useTranslations('photos');
  const id = useId();
  const [busy, setBusy] = useState(false);
  const take = async (files: FileList | null): Promise<void> => {
    setBusy(true);
    try {
      const kept = await Promise.all([...(files ?? [])].map((file) => keepFile(file)));
      onChange([...photos, ...kept]);
    } catch {
      toast('problem', t('failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {photos.map((photo) => (
        <figure key={photo.objectId} className="relative">
          {/* biome-ignore lint/performance/noImgElement: a private photo, already small, served by ourselves */}
          <img
            src={fileUrl(photo.objectId)}
            alt={t('photo', { hash: photo.sha256.slice(0, 8) })}
            className="size-14 rounded-sm border border-line object-cover"
          />
          <button
            type="button"
            aria-label={t('remove')}
            onClick={() => onChange(photos.filter((each) => each !== photo))}
            className="absolute -top-1.5 -right-1.5 rounded-full border border-line bg-raised p-0.5"
          >
            <X className="size-3" aria-hidden />
          </button>
        </figure>
      ))}
      <label
        htmlFor={id}
        className="inline-flex h-9 cursor-pointer items-center gap-1.5 rounded-md border border-line border-dashed px-3 text-ink-soft text-sm focus-within:outline-2 focus-within:outline-accent hover:bg-sunken"
      >
        {busy ? (
          <LoaderCircle className="size-4 animate-spin" aria-hidden />
        ) : (
          <Camera className="size-4" aria-hidden />
        )}
        {t('take')}
        <input
          id={id}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/heic"
          multiple
          className="sr-only"
          onChange={(event) => void take(event.target.files)}
        />
      </label>
    </div>
  );
};

export const PhotoStrip = ({ photos }: { photos: readonly Pick<FileRef, 'objectId' | 'sha256'>[] }) => {
  if (photos.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-1.5">
      {photos.map((photo) => (
        <Photo key={photo.objectId} photo={photo} />
      ))}
    </div>
  );
};

/** A photo of the record. When the file is not to be had, its fingerprint still is. */
const Photo = ({ photo }: { photo: Pick<FileRef, 'objectId' | 'sha256'> }) => {
  const t = useTranslations('photos');
  const [missing, setMissing] = useState(false);
  const look = 'size-14 rounded-sm border border-line bg-sunken';
  if (missing)
    return (
      <span
        className={`${look} grid content-center justify-items-center gap-0.5 text-[10px] text-ink-soft`}
        title={photo.sha256}
      >
        <ImageOff className="size-4" aria-hidden />
        <span className="sr-only">{t('missing')}</span>
        {photo.sha256.slice(0, 6)}
      </span>
    );
  return (
    <a href={fileUrl(photo.objectId)} target="_blank" rel="noreferrer" title={photo.sha256}>
      {/* biome-ignore lint/performance/noImgElement: a private photo, already small, served by ourselves */}
      <img
        src={fileUrl(photo.objectId)}
        alt={t('photo', { hash: photo.sha256.slice(0, 8) })}
        className={`${look} object-cover`}
        onError={() => setMissing(true)}
      />
    </a>
  );
};
