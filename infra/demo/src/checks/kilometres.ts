import { at, type Check } from './check.ts';

const odometers = (): Check => {
  const cars = new Map<string, { id: string; km: number }[]>();
  return {
    name: 'odometers never go back, once what was mistyped is put right',
    see: ({ id, stream, type, data }) => {
      if (type === 'OdometerRecorded') at(cars, stream, () => []).push({ id, km: data.km });
      const wrong =
        type === 'OdometerCorrected' && cars.get(stream)?.find((reading) => reading.id === data.supersedesEventId);
      if (wrong) wrong.km = data.km;
    },
    problems: () =>
      [...cars].flatMap(([stream, readings]) => {
        const back = readings.find(({ km }, index) => km < (readings[index - 1]?.km ?? 0));
        return back ? [`${stream}: back to ${back.km} km`] : [];
      }),
  };
};

type Month = { openingKm: number; readonly spans: Map<string, readonly [number, number]> };

const months = (): Check => {
  const logs = new Map<string, Month>();
  const found: string[] = [];
  return {
    name: 'the kilometres of a closed month are its trips and explained gaps, each once',
    see: ({ id, stream, type, data }) => {
      if (!stream.startsWith('tripLog-')) return;
      const log = at(logs, stream, () => ({ openingKm: 0, spans: new Map() }));
      const known = log.spans.get(data.tripId);
      if (type === 'TripLogOpened') log.openingKm = data.openingKm;
      if (type === 'TripLogged') log.spans.set(data.tripId, [data.startKm, data.endKm]);
      if (type === 'TripStarted') log.spans.set(data.tripId, [data.startKm, data.startKm]);
      if (type === 'TripEnded' && known) log.spans.set(data.tripId, [known[0], data.endKm]);
      if (type === 'TripCorrected' && known)
        log.spans.set(data.tripId, [data.changes.startKm ?? known[0], data.changes.endKm ?? known[1]]);
      if (type === 'TripVoided') log.spans.delete(data.tripId);
      if (type === 'GapExplained') log.spans.set(id, [data.fromKm, data.toKm]);
      if (type !== 'TripLogClosed') return;
      let km = log.openingKm;
      for (const [from, to] of [...log.spans.values()].sort(([a], [b]) => a - b)) {
        if (from !== km) found.push(`${stream}: from ${km} to ${from} km`);
        km = to;
      }
      if (km !== data.closingKm || data.totalKm !== data.closingKm - log.openingKm)
        found.push(`${stream}: ends at ${km} km, closed at ${data.closingKm} km, ${data.totalKm} km in all`);
    },
    problems: () => found,
  };
};

export const kilometreChecks = (): Check[] => [odometers(), months()];
