import { status } from '@grpc/grpc-js';
import { GrpcFailure } from './errors.ts';

type Fail = (failure: GrpcFailure) => void;

/** Calls in progress, so that a stop can end each kind with the status the real server ends it with. */
export class OpenCalls {
  private readonly streams = new Set<Fail>();
  private readonly unary = new Set<Fail>();
  private closing = false;

  get stopping(): boolean {
    return this.closing;
  }

  get count(): { streams: number; unary: number } {
    return { streams: this.streams.size, unary: this.unary.size };
  }

  trackStream(fail: Fail): () => void {
    this.streams.add(fail);
    return () => this.streams.delete(fail);
  }

  trackUnary(fail: Fail): () => void {
    this.unary.add(fail);
    return () => this.unary.delete(fail);
  }

  /** From now on new calls are refused; those in progress go on. */
  refuseNew(on: boolean): void {
    this.closing = on;
  }

  cancelStreams(): void {
    for (const fail of [...this.streams]) fail(new GrpcFailure(status.CANCELLED, 'Server is shutting down'));
  }

  failUnary(): void {
    for (const fail of [...this.unary]) fail(new GrpcFailure(status.UNAVAILABLE, 'Server Is Not Ready'));
  }
}
