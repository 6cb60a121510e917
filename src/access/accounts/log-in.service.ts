import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { validate } from 'uuid';
import { type Config, CONFIG, messageLanguage, type MessageLanguage } from '../../platform/index.js';
import { AccountsService } from './accounts.service.js';
import { Attempts } from './attempts.js';
import { demoPassword } from './demo-people.js';
import { Directory } from './directory.js';
import { type Admission, claimedIdentifiers, claimedName, type Claims, type IdentityProvider, mappedRoles } from './domain/index.js';
import { Federation } from './federation.js';
import { type Door, IdentityProvidersService } from './identity-providers.service.js';
import { type Exchange, type Interaction, Interactions } from './interactions.js';
import type { Fault, Page } from './pages/layout.js';
import { logInPage, type NamedDoor } from './pages/log-in-page.js';
import { choicePage, consentPage, expiredPage, failedPage, noRolePage } from './pages/other-pages.js';
import { filled, texts } from './pages/texts.js';

/** A person before one of the pages. */
export interface Visit extends Exchange {
  /** `uid` of the interaction. */
  readonly uid: string;
  /** What the person reads, the most wanted first. */
  readonly languages: readonly string[];
  /** Where the person's browser is, for counting attempts. */
  readonly address: string;
}

/** What the browser gets. */
export type Answer =
  | {
      readonly kind: 'page';
      readonly page: Page;
      /** Where the forms of the page may lead beside the service itself: browsers hold redirects after a form to the policy too. */
      readonly formTargets: readonly string[];
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: 'redirect'; readonly to: string };

/** More institutions than this are found by searching. */
const shownDoors = 20;

/** What a page needs beside what it is about. */
interface Setting {
  readonly visit: Visit;
  readonly interaction: Interaction;
  readonly language: MessageLanguage;
  readonly path: string;
}

/** The log-in pages: who somebody is, by a password in the demonstration or at their institution, and whether a program may act for them. */
@Injectable()
export class LogInService {
  private readonly log = new Logger(LogInService.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly interactions: Interactions,
    private readonly accounts: AccountsService,
    private readonly providers: IdentityProvidersService,
    private readonly federation: Federation,
    private readonly directory: Directory,
    private readonly attempts: Attempts,
  ) {}

  /** The page that an interaction is at. */
  show(visit: Visit, search: string | undefined): Promise<Answer> {
    return this.at(visit, (setting) =>
      setting.interaction.prompt === 'consent' ? this.consent(setting) : this.logInPage(setting, { search }),
    );
  }

  /** A person of the demonstration says who they are. */
  enter(visit: Visit, form: URLSearchParams): Promise<Answer> {
    return this.at(visit, async (setting) => {
      const userName = (form.get('userName') ?? '').trim().slice(0, 200);
      const password = (form.get('password') ?? '').slice(0, 200);
      const own = texts[setting.language];
      const missing: Fault[] = [
        ...(userName === '' ? [{ field: 'userName', sentence: own.userNameMissing }] : []),
        ...(password === '' ? [{ field: 'password', sentence: own.passwordMissing }] : []),
      ];
      if (!this.config.seedDemo || setting.interaction.prompt !== 'login') return this.logInPage(setting, {});
      if (missing.length > 0) return this.logInPage(setting, { faults: missing, userName, status: 422 });
      return this.tryPassword(setting, userName, password);
    });
  }

  /** Somebody goes to log in at their institution. */
  depart(visit: Visit, institution: string, providerId: string): Promise<Answer> {
    return this.at(visit, async (setting) => {
      const provider = await this.providerOf(institution, providerId);
      if (provider === undefined || setting.interaction.prompt !== 'login') return this.logInPage(setting, { status: 404 });
      const state = `${visit.uid}.${randomBytes(16).toString('base64url')}`;
      const way = await this.asked(provider, () =>
        this.federation.depart(provider, this.providers.redirectUri(institution), state, setting.language),
      );
      if (way === undefined) return this.failed(setting, institution);
      await this.interactions.putAside(visit, { away: { ...way.departure, institution, provider: provider.id } });
      return { kind: 'redirect', to: way.url.href };
    });
  }

  /** Where somebody goes on who has come back to the address that an institution's identity providers know: the cookie that says whose log-in it is lies under that path. */
  callback(institution: string, query: string, languages: readonly string[]): Answer {
    const state = new URLSearchParams(query).get('state') ?? '';
    const uid = /^([\w-]{1,64})\.[\w-]{22}$/.exec(state)?.[1];
    if (uid === undefined || !validate(institution)) return plain(expiredPage(messageLanguage(languages)));
    return { kind: 'redirect', to: `/login/${uid}/return/${institution}?${query}` };
  }

  /** Somebody has come back from their institution. */
  arrive(visit: Visit, institution: string, query: string): Promise<Answer> {
    return this.at(visit, async (setting) => {
      const { away } = setting.interaction.aside;
      // Nobody has left from this browser, or to another institution, or the answer has been read already.
      if (away?.institution !== institution || !isSame(away.state, new URLSearchParams(query).get('state'))) {
        return plain(expiredPage(setting.language));
      }
      await this.interactions.putAside(visit, {});
      const provider = await this.providerOf(institution, away.provider);
      if (provider === undefined) return this.logInPage(setting, { status: 404 });
      const answer = new URL(`${this.providers.redirectUri(institution)}?${query}`);
      const said = await this.asked(provider, () => this.federation.arrive(provider, answer, away));
      return said === undefined ? this.failed(setting, institution) : this.admit(setting, provider, said.subject, said.claims);
    });
  }

  /** Somebody with two accounts has chosen one. */
  choose(visit: Visit, form: URLSearchParams): Promise<Answer> {
    return this.at(visit, async (setting) => {
      const { choice } = setting.interaction.aside;
      const chosen = choice?.accounts.find((id) => id === form.get('account'));
      const [account] = chosen === undefined ? [] : await this.accounts.usable([chosen]);
      if (account === undefined) return plain(expiredPage(setting.language));
      return { kind: 'redirect', to: await this.interactions.logIn(visit, account.id) };
    });
  }

  /** Somebody has said whether a program may act for them. */
  decide(visit: Visit, form: URLSearchParams): Promise<Answer> {
    return this.at(visit, async (setting) => {
      const { interaction } = setting;
      if (interaction.prompt !== 'consent') return plain(expiredPage(setting.language));
      const isAllowed = form.get('decision') === 'allow';
      const to = isAllowed ? await this.interactions.allow(visit, interaction) : await this.interactions.deny(visit);
      return { kind: 'redirect', to };
    });
  }

  /** Somebody does not want to log in. */
  abort(visit: Visit): Promise<Answer> {
    return this.at(visit, async () => ({ kind: 'redirect', to: await this.interactions.deny(visit) }));
  }

  private async at(visit: Visit, answer: (setting: Setting) => Answer | Promise<Answer>): Promise<Answer> {
    const interaction = await this.interactions.find(visit, visit.uid);
    if (interaction === undefined) return plain(expiredPage(messageLanguage(visit.languages)));
    const language = messageLanguage([...interaction.languages, ...visit.languages]);
    return answer({ visit, interaction, language, path: `/login/${visit.uid}` });
  }

  private async tryPassword(setting: Setting, userName: string, password: string): Promise<Answer> {
    const { visit, language } = setting;
    const wait = await this.attempts.begin(userName, visit.address);
    if (wait !== undefined) {
      const sentence = filled(texts[language].tooMany, { minutes: String(Math.ceil(wait / 60)) });
      const answer = await this.logInPage(setting, { faults: [{ sentence }], userName, status: 429 });
      return answer.kind === 'page' ? { ...answer, retryAfterSeconds: wait } : answer;
    }
    const account = await this.accounts.demoLogIn(userName, password);
    if (account === undefined) {
      const fault = { field: 'userName', sentence: texts[language].wrongPassword };
      return this.logInPage(setting, { faults: [fault], userName, status: 422 });
    }
    await this.attempts.succeed(userName, visit.address);
    return { kind: 'redirect', to: await this.interactions.logIn(visit, account.id, ['pwd']) };
  }

  private async admit(setting: Setting, provider: IdentityProvider, subject: string, claims: Claims): Promise<Answer> {
    const { institution, issuer } = provider;
    const arrival = {
      institution,
      issuer,
      subject,
      displayName: claimedName(claims, subject),
      claimedRoles: mappedRoles(provider.roleMappings, claims),
    };
    const admission = await this.accounts.arrive(arrival, claimedIdentifiers(provider.identifierClaims, claims));
    const [only, another] = admission.usable;
    if (only === undefined) return this.refuse(setting, institution, admission);
    if (another === undefined) return { kind: 'redirect', to: await this.interactions.logIn(setting.visit, only.id) };
    await this.interactions.putAside(setting.visit, { choice: { institution, accounts: admission.usable.map(({ id }) => id) } });
    const { language, path } = setting;
    const name = await this.nameOf(institution, language);
    return this.page(setting, choicePage({ language, path, institution: name, accounts: admission.usable }));
  }

  private async refuse({ language, path }: Setting, institution: string, { accounts }: Admission): Promise<Answer> {
    return plain(noRolePage(language, path, accounts[0], await this.nameOf(institution, language)));
  }

  private async failed({ language, path }: Setting, institution: string): Promise<Answer> {
    return plain(failedPage(language, path, await this.nameOf(institution, language)));
  }

  /** What an identity provider answers; nothing where it refuses or is not to be believed. The log learns what went wrong, never what it said of a person. */
  private async asked<Result>(provider: IdentityProvider, call: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await call();
    } catch (error) {
      const reason = error instanceof Error ? `${error.name} ${codeOf(error)}` : 'unknown';
      this.log.warn(`log-in at identity provider ${provider.id} of institution ${provider.institution} failed: ${reason}`);
      return undefined;
    }
  }

  private consent(setting: Setting): Answer {
    const { interaction, language, path } = setting;
    const { scopes, resources } = interaction.missing;
    const asked = [...new Set([...scopes, ...Object.values(resources).flat()])];
    return this.page(setting, consentPage({ language, path, client: interaction.clientName, scopes: asked }));
  }

  private async logInPage(
    setting: Setting,
    { search, faults = [], userName = '', status }: { search?: string | undefined; faults?: Fault[]; userName?: string; status?: number },
  ): Promise<Answer> {
    const { interaction, language, path } = setting;
    const people = await this.accounts.demoPeople();
    const demo = this.config.seedDemo ? { people, password: demoPassword, userName } : undefined;
    const doors = await this.doors(setting, search);
    const extra = status === undefined ? {} : { status };
    return this.page(setting, logInPage({ language, path, client: interaction.clientName, doors, demo, faults, ...extra }));
  }

  private async doors({ language, path, visit }: Setting, search: string | undefined) {
    const doors = await this.providers.doors();
    const names = await this.directory.namesOf([...new Set(doors.map(({ institution }) => institution))], [language, ...visit.languages]);
    const named = doors.map((door): NamedDoor => ({ name: nameOfDoor(door, names), path: `${path}/at/${door.institution}/${door.id}` }));
    const wanted = folded(search ?? '');
    const matching = named.filter(({ name }) => folded(name).includes(wanted));
    matching.sort((one, other) => one.name.localeCompare(other.name, language));
    return { shown: matching.slice(0, shownDoors), more: Math.max(0, matching.length - shownDoors), search };
  }

  private async providerOf(institution: string, id: string): Promise<IdentityProvider | undefined> {
    return validate(institution) && validate(id) ? this.providers.find(institution, id) : undefined;
  }

  private async nameOf(institution: string, language: MessageLanguage): Promise<string> {
    return (await this.directory.namesOf([institution], [language])).get(institution) ?? institution;
  }

  private page({ interaction }: Setting, page: Page): Answer {
    return { kind: 'page', page, formTargets: formTargetsOf(interaction.redirectUri) };
  }
}

/** A page that leads nowhere else. */
export function plain(page: Page): Answer {
  return { kind: 'page', page, formTargets: [] };
}

/** A source of a Content-Security-Policy for where an interaction ends: an origin, or the scheme of a program on the person's machine. */
function formTargetsOf(redirectUri: string): readonly string[] {
  if (!URL.canParse(redirectUri)) return [];
  const { protocol, origin } = new URL(redirectUri);
  return [protocol === 'http:' || protocol === 'https:' ? origin : protocol];
}

function nameOfDoor({ institution, label }: Door, names: ReadonlyMap<string, string>): string {
  const name = names.get(institution) ?? institution;
  return label === null ? name : `${name} – ${label}`;
}

/** Without case and marks, so that "universite" finds "Université". */
function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

function isSame(expected: string, actual: string | null): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(actual ?? '')];
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
