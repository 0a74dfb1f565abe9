/** Codes of a certificate that is not to be trusted, besides CERT_*. */
const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY))/

/** Why a receiver cannot be reached, for the person who can mend it. */
export function connectionProblem(receiver: string, error: Error): string {
  const code = 'code' in error ? String(error.code) : ''
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return `${receiver} does not answer in time`
  }
  if (CERTIFICATE.test(code)) {
    return `The certificate of ${receiver} is not trusted: ${error.message} (${code})`
  }
  return `${receiver} cannot be reached: ${error.message || code}`
}
