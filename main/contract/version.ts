/** The name and version that documents carry; a test holds the version to package.json. */
export const SOFTWARE = { name: 'Concord', version: '0.1.0' } as const;
