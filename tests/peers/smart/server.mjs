// A token endpoint for the tests: oidc-provider (an OpenID-certified engine) with nothing but SMART Backend Services turned on.
//
// What is the engine's: the assertion's signature, audience, times and single use, against keys fetched over HTTP from where
// the client publishes them, as a clinic's system does it. What is ours: two clients, one an algorithm, and what each may do.
//
//   JWKS=http://...       the address before /ES384 and /RS384, where the two clients' keys are published
//   SCOPE="system/..."    what both may be granted
import Provider from 'oidc-provider';

const PORT = Number(process.env.PORT);
const { JWKS, SCOPE } = process.env;
const ALGORITHMS = ['ES384', 'RS384'];

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  scopes: SCOPE.split(' '),
  clients: ALGORITHMS.map((algorithm) => ({
    client_id: `sportello-${algorithm}`,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: algorithm,
    jwks_uri: `${JWKS}/${algorithm}`,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope: SCOPE,
  })),
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    resourceIndicators: { enabled: false },
  },
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { clientAuthSigningAlgValues: ALGORITHMS },
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }), // the keys are on this machine: by plain HTTP
  ttl: { ClientCredentials: 300 },
});
provider.listen(PORT, '127.0.0.1', () => console.log('ready'));
