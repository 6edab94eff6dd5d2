import { status } from '@grpc/grpc-js';
import { GrpcFailure } from './errors.ts';

const names = (stream: string, group: string) => ({ 'stream-name': stream, 'group-name': group });

export const groupMissing = (stream: string, group: string): GrpcFailure =>
  new GrpcFailure(status.NOT_FOUND, `Subscription group ${group} on stream ${stream} does not exist.`, {
    exception: 'persistent-subscription-does-not-exist',
    ...names(stream, group),
  });

export const groupExists = (stream: string, group: string): GrpcFailure =>
  new GrpcFailure(status.ALREADY_EXISTS, `Subscription group ${group} on stream ${stream} exists.`, {
    exception: 'persistent-subscription-exists',
    ...names(stream, group),
  });

export const groupFailed = (stream: string, group: string, reason: string): GrpcFailure =>
  new GrpcFailure(status.INTERNAL, `Subscription group ${group} on stream ${stream} failed: '${reason}'`, {
    exception: 'persistent-subscription-failed',
    ...names(stream, group),
    reason,
  });

export const groupFull = (stream: string, group: string): GrpcFailure =>
  new GrpcFailure(
    status.FAILED_PRECONDITION,
    `Maximum subscribers reached for subscription group ${group} on stream ${stream}.`,
    {
      exception: 'maximum-subscribers-reached',
      ...names(stream, group),
    },
  );

export const groupDropped = (stream: string, group: string): GrpcFailure =>
  new GrpcFailure(status.CANCELLED, `Subscription group ${group} on stream ${stream} was dropped.`, {
    exception: 'persistent-subscription-dropped',
    ...names(stream, group),
  });
