/**
 * Where the issuer sends people back to who sign in at the dashboard, below the dashboard's address: the built-in issuer allows it,
 * any other has to be told.
 */
export const SIGN_IN_BACK_PATH = '/aanmelden/terug'
