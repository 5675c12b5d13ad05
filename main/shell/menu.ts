import { Menu } from 'electron';

/**
 * A menu that is never seen: it carries the keyboard shortcuts for editing and for the size of
 * the text, and lacks the system's default entries (reload, developer tools, links to the web).
 */
export function installMenu(): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'Concord',
        submenu: [
          { role: 'undo' },
          { role: 'redo' },
          { role: 'cut' },
          { role: 'copy' },
          { role: 'paste' },
          { role: 'selectAll' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
          { role: 'quit' },
        ],
      },
    ]),
  );
}
