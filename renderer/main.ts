import '@fontsource-variable/noto-sans-sc/index.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { bridgeClient, bridgeEvents } from './client.ts';
import { Session } from './session.svelte.ts';

// A dropped file must do nothing: not open, not navigate, not run.
for (const event of ['dragover', 'drop'] as const) {
  window.addEventListener(event, (drag) => drag.preventDefault());
}

const target = document.getElementById('app');
if (target !== null) {
  mount(App, {
    target,
    props: { session: new Session(bridgeClient(window.concord), bridgeEvents(window.concord)) },
  });
}
