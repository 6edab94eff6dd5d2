import fastify from 'fastify';
import pg from 'pg';
import { listSql, listValues } from '../board-table.ts';
import { serveListArm } from '../list-arm.ts';

// Without GraphQL. `text`: Postgres makes the JSON and this process passes it through, which is as little as a server of
// lists can do; else rows become objects and the framework writes them.
serveListArm(async (options) => {
  const pool = new pg.Pool({ connectionString: String(options.databaseUrl), max: 10 });
  const app = fastify();
  const asText = `select coalesce(json_agg(list), '[]')::text as body from (${listSql}) list`;
  app.get<{ Params: { n: string } }>('/list/:n', async ({ params }, reply) => {
    const values = listValues(Number(params.n));
    if (!options.text) return (await pool.query({ name: 'list', text: listSql, values })).rows;
    const { rows } = await pool.query<{ body: string }>({ name: 'list', text: asText, values });
    return reply.type('application/json').send(rows[0]?.body);
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    port: Number(new URL(url).port),
    requestFor: (n) => ({ method: 'GET', path: `/list/${n}`, headers: {} }),
    stop: async () => {
      await app.close();
      await pool.end();
    },
  };
});
