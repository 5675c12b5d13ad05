import type { CommandLine, Session } from 'electron';
import { ORIGIN } from './protocol.ts';

/** An address nothing listens on: where a request would go if a rule failed. */
const NOWHERE = 'socks5://0.0.0.0:1';

/** Switches that keep Chromium itself off the network; set before the application is ready. */
export const NETWORK_SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['proxy-server', NOWHERE],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-breakpad'],
  ['disable-sync'],
  ['disable-quic'],
  ['dns-prefetch-disable'],
  ['no-pings'],
  ['no-service-autorun'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  [
    'disable-features',
    'AsyncDns,DnsOverHttps,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints',
  ],
];

export function closeNetwork(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  for (const [name, value] of NETWORK_SWITCHES) {
    if (value === undefined) commandLine.appendSwitch(name);
    else commandLine.appendSwitch(name, value);
  }
}

/** True for the pages of this program and nothing else. */
export function isOurs(url: string): boolean {
  return url.startsWith(`${ORIGIN}/`);
}

/** Cancels every request that is not for a page of this program, and points the proxy nowhere. */
export async function closeSession(
  session: Pick<Session, 'webRequest' | 'setProxy'>,
): Promise<void> {
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOurs(details.url) });
  });
  await session.setProxy({ proxyRules: NOWHERE, proxyBypassRules: '<-loopback>' });
}
