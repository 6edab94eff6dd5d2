import {
  type Commands,
  createPositionsIntake,
  type PositionsIntake,
  startRetention,
  startTracks,
} from '@cargoro/commands';
import type { Parts } from './parts.ts';

const clock = (): string => new Date().toISOString();

/** What takes in where drivers are, keeps it for thirty days, and seals the track of each delivery that ended. */
export const startPositions = async (
  parts: Parts,
  commands: Commands,
): Promise<{ readonly intake: PositionsIntake; stop(): Promise<void> }> => {
  const { log, postgres, files, logger, metrics } = parts;
  const bus = await parts.bus();
  const retention = await startRetention(postgres, clock, logger);
  const tracks = startTracks({ log, commands, postgres, files, logger });
  const intake = createPositionsIntake({ commands, postgres, bus, logger, metrics, clock });
  return {
    intake,
    stop: async () => {
      intake.stop();
      await Promise.all([tracks.stop(), retention.stop()]);
    },
  };
};
