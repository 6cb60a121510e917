import type { OfferingDetails } from '../../courses/index.js';
import type { IdOf, InstitutionKey } from './institutions.js';

/** A dated run of the edition of a code that is valid on its first day. */
export type DemoOffering = Omit<OfferingDetails, 'course'> & { readonly provider: string; readonly code: string };

export function offerings(id: IdOf): readonly DemoOffering[] {
  const hosts = (...keys: readonly InstitutionKey[]): string[] => keys.map(id);
  const autumn = { from: '2026-09-14', until: '2027-01-15' };
  return [
    // An open course for anybody.
    {
      provider: id('tsinghua'),
      code: 'POV 101',
      period: { from: '2026-09-14', until: '2026-11-08' },
      hosts: hosts('xuetangx'),
      language: 'en',
    },
    {
      provider: id('tsinghua'),
      code: 'ART 210',
      period: { from: '2026-10-12', until: '2026-12-06' },
      hosts: hosts('xuetangx'),
      language: 'zh-CN',
    },
    {
      provider: id('bucm'),
      code: 'ACU 101',
      period: { from: '2026-09-14', until: '2026-11-08' },
      hosts: hosts('icourse'),
      language: 'zh-CN',
    },
    {
      provider: id('peking'),
      code: 'ECO 150',
      period: { from: '2026-09-14', until: '2026-12-06' },
      hosts: hosts('icourse'),
      language: 'zh-CN',
    },
    // Live global open courses: the class sits in Beijing, others join over the net.
    { provider: id('tsinghua'), code: 'TRA 301', period: autumn, hosts: hosts('tsinghua', 'metu'), language: 'en', capacity: 120 },
    { provider: id('tsinghua'), code: 'TRA 302', period: autumn, hosts: hosts('tsinghua', 'metu'), language: 'en', capacity: 120 },
    // A hybrid classroom shared by four campuses.
    {
      provider: id('tsinghua'),
      code: 'GHC 400',
      period: autumn,
      hosts: hosts('tsinghua', 'metu', 'indonesia', 'nairobi'),
      language: 'en',
      capacity: 60,
    },
  ];
}
