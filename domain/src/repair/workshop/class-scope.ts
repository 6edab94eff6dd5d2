import type { WorkshopClass } from './workshop.schema.ts';

/** Work that only a full repair business may do: body and frame, paint, welding, and opening an engine block. */
const bodywork = /^(BODY|FRAME|PAINT|WELD)/i;
const engineRebuild = /^ENG/i;
const anyMayDo = /^(DIAG|LEGAL)/i;

/**
 * Whether a class of repair business may offer a service (K5). Services are told apart by the beginning of their code:
 * a specialist (전문) does everything but bodywork and engine rebuilds, an engine shop (원동기전문) nothing else than these.
 */
export const inClassScope = (workshopClass: WorkshopClass, serviceCode: string): boolean => {
  if (anyMayDo.test(serviceCode)) return true;
  switch (workshopClass) {
    case 'general':
    case 'smallGeneral':
      return true;
    case 'specialist':
      return !bodywork.test(serviceCode) && !engineRebuild.test(serviceCode);
    case 'engine':
      return engineRebuild.test(serviceCode);
  }
};
