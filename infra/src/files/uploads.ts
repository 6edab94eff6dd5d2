import type { Postgres } from '../postgres.ts';
import type { UploadClaims } from './upload-link.ts';

export type Upload = Pick<UploadClaims, 'userId' | 'orgId' | 'purpose'> & {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
};
export type Uploads = {
  note(upload: Upload): Promise<void>;
  /** Everybody who brought this file. */
  of(
    sha256: string,
  ): Promise<readonly { readonly userId: string; readonly orgId?: string; readonly mediaType: string }[]>;
};

type Row = { user_id: string; org_id: string | null; media_type: string };

/** Who brought which file, in the table `file_upload`. */
export const createUploads = (postgres: Pick<Postgres, 'query'>): Uploads => ({
  note: async ({ sha256, userId, orgId = null, purpose, mediaType, bytes }) => {
    await postgres.query(
      `insert into file_upload (sha256, user_id, org_id, purpose, media_type, bytes) values ($1, $2, $3, $4, $5, $6)
       on conflict (sha256, user_id) do update set org_id = coalesce(excluded.org_id, file_upload.org_id)`,
      [sha256, userId, orgId, purpose, mediaType, bytes],
    );
  },
  of: async (sha256) => {
    const rows = await postgres.query<Row>('select user_id, org_id, media_type from file_upload where sha256 = $1', [
      sha256,
    ]);
    return rows.map(({ user_id: userId, org_id: orgId, media_type: mediaType }) => ({
      ...{ userId, mediaType },
      ...(orgId !== null && { orgId }),
    }));
  },
});
