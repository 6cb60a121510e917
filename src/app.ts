import { type DynamicModule, type INestApplication, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { migrations } from '../migrations/index.js';
import {
  AccessGuard,
  AccessModule,
  accountRows,
  accessScopes,
  accessTable,
  type AccessTable,
  accessTo,
  docsClientId,
  mountAuthorisationServer,
  watchRoutes,
} from './access/index.js';
import { AccountDirectoryModule } from './account-directory.js';
import { agreementRows, AgreementsModule } from './agreements/index.js';
import { courseRows, CoursesModule } from './courses/index.js';
import { EvaluationModule, evaluationRows } from './evaluation/index.js';
import { EventsModule } from './events/index.js';
import { importRows, ImportsModule } from './imports/index.js';
import { institutionRows, InstitutionsModule } from './institutions/index.js';
import { learnerRows, LearnersModule } from './learners/index.js';
import type { Schema } from './platform/database.js';
import { createDocs } from './platform/docs.js';
import { createHttpAdapter } from './platform/http-server.js';
import { type Logger, NestLog } from './platform/log.js';
import type { ApiDescription } from './platform/openapi.js';
import { PlatformModule, type PlatformParts } from './platform/platform.module.js';
import { ProblemFilter } from './platform/problem-filter.js';
import { FormPipe } from './platform/validation.js';
import { programmeRows, ProgrammesModule } from './programmes/index.js';
import { redemptionRows, RedemptionsModule } from './redemptions/index.js';
import { transcriptRows, TranscriptsModule } from './transcripts/index.js';

/** The modules, in the order of the house: each reaches only those before it. */
const modules: readonly Type[] = [
  AccountDirectoryModule,
  EventsModule,
  InstitutionsModule,
  LearnersModule,
  CoursesModule,
  ProgrammesModule,
  TranscriptsModule,
  RedemptionsModule,
  AgreementsModule,
  EvaluationModule,
  ImportsModule,
];

/** What the modules keep in the database. */
export const schema: Schema = {
  rows: [
    ...accountRows,
    ...institutionRows,
    ...learnerRows,
    ...courseRows,
    ...programmeRows,
    ...transcriptRows,
    ...redemptionRows,
    ...agreementRows,
    ...evaluationRows,
    ...importRows,
  ],
  migrations,
};

const scopes = Object.fromEntries(accessScopes.map((scope) => [scope, scope.replace(':', ' – ')]));

/** What openapi.yaml says about the service as a whole. */
export const description: ApiDescription = {
  title: 'Credit Recognition API',
  version: '1',
  description: 'Recognises what students learned elsewhere: agreements between institutions, evaluation, decisions, and what led to them.',
  securitySchemes: {
    oauth2: {
      type: 'oauth2',
      flows: {
        clientCredentials: { tokenUrl: '/oauth/token', scopes },
        authorizationCode: { authorizationUrl: '/oauth/auth', tokenUrl: '/oauth/token', refreshUrl: '/oauth/token', scopes },
      },
    },
  },
  accessTo,
};

@Module({})
class AppModule {
  static with(parts: PlatformParts, { modules: more, access }: MoreParts): DynamicModule {
    const imports = [PlatformModule.with(parts), AccessModule.with({ ...accessTable, ...access }), ...modules, ...more];
    return { module: AppModule, imports };
  }
}

/** Modules of a test, beside the real ones, and who may call them. */
export interface MoreParts {
  readonly modules: readonly Type[];
  readonly access: AccessTable;
}

const nothingMore: MoreParts = { modules: [], access: {} };

export interface AppParts extends PlatformParts {
  readonly logger: Logger;
  readonly more?: MoreParts;
}

/** The app, complete but not listening yet; the service and the tests start this same one. */
export async function createApp(parts: AppParts): Promise<NestFastifyApplication> {
  const { more = nothingMore } = parts;
  const adapter = await createHttpAdapter(parts.config, parts.logger);
  const refuseUnruledRoutes = watchRoutes(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts, more), adapter, {
    logger: new NestLog(parts.logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new FormPipe());
  app.use('/docs', createDocs({ clientId: docsClientId, publicUrl: parts.config.publicUrl }));
  mountAuthorisationServer(app);
  const guard = app.get(AccessGuard);
  adapter.getInstance().addHook('preParsing', async (request, reply) => {
    await guard.admit(request, reply);
  });
  adapter.getInstance().addHook('onReady', (done) => {
    refuseUnruledRoutes({ ...accessTable, ...more.access });
    done();
  });
  return app;
}

/** The app's controllers and forms without anything running behind them, for writing openapi.yaml. */
export async function createPreview(parts: PlatformParts): Promise<INestApplication> {
  return NestFactory.create(AppModule.with(parts, nothingMore), new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
}
