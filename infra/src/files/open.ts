import { join } from 'node:path';
import type { Config } from '../config.ts';
import { diskFiles } from './disk.ts';
import type { Files } from './port.ts';
import { s3Address, s3Files } from './s3.ts';

/** The store of files: the bucket `S3_URL` names, else a folder of this machine. */
export const openFiles = ({ s3Url, dataDir }: Pick<Config, 's3Url' | 'dataDir'>): Files =>
  s3Url ? s3Files(s3Address(s3Url), join(dataDir, 'arriving')) : diskFiles(join(dataDir, 'files'));
