import { Metadata, type StatusObject, status } from '@grpc/grpc-js';
import { DiskFullError } from '../log/commit-failure.ts';
import { logError } from '../log-line.ts';

/** A failure as the protocol tells it: status code plus trailers that the client turns into its error classes. */
export class GrpcFailure extends Error implements Partial<StatusObject> {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;

  constructor(code: status, details: string, trailers: Readonly<Record<string, string | number>> = {}) {
    super(details);
    this.code = code;
    this.details = details;
    this.metadata = new Metadata();
    for (const [name, value] of Object.entries(trailers)) this.metadata.set(name, trailer(String(value)));
  }
}

/** Trailers must be printable ASCII; grpc-js throws on anything else, so such names are sent percent-encoded. */
const trailer = (value: string): string => (/^[\x20-\x7e]*$/.test(value) ? value : encodeURIComponent(value));

export const streamDeleted = (stream: string): GrpcFailure =>
  new GrpcFailure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const wrongExpectedVersion = (stream: string, expected: number, actual: number): GrpcFailure =>
  new GrpcFailure(
    status.FAILED_PRECONDITION,
    `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': expected,
      'actual-version': actual,
    },
  );

export const maximumAppendSizeExceeded = (bytes: number): GrpcFailure =>
  new GrpcFailure(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': bytes,
  });

export const missingMetadata = (missing: readonly string[]): GrpcFailure =>
  new GrpcFailure(status.INVALID_ARGUMENT, `Required Metadata Property '${missing.join("', '")}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const accessDenied = (): GrpcFailure =>
  new GrpcFailure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const invalidArgument = (details: string): GrpcFailure => new GrpcFailure(status.INVALID_ARGUMENT, details);

export const notLeader = (host: string, port: number): GrpcFailure =>
  new GrpcFailure(status.NOT_FOUND, `Leader info available at ${host}:${port}`, {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': port,
  });

export const notReady = (): GrpcFailure => new GrpcFailure(status.UNAVAILABLE, 'Server Is Not Ready');

/** Whatever went wrong, as something grpc-js can send; what nobody expected is logged too, with its reason. */
export const asFailure = (reason: unknown): GrpcFailure => {
  if (reason instanceof GrpcFailure) return reason;
  logError('call-failed', reason);
  if (reason instanceof DiskFullError) return new GrpcFailure(status.RESOURCE_EXHAUSTED, reason.message);
  return new GrpcFailure(
    status.UNKNOWN,
    reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason),
  );
};
