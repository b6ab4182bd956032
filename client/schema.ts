// Made by npm run check -- --write, out of docs/openapi.json: what the API takes and answers, as types.
// Do not edit: the source is the schemas of the routes.

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Public keys of access tokens
         * @description RFC 7517; `kid` is the thumbprint of RFC 7638. The answer may be kept for five minutes.
         */
        get: operations["getJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/authenticate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Begins a session. With `refreshTokenDelivery` "cookie" the refresh token is set as a cookie, for browsers; with "body" the answer holds it, for apps, which keep it where only they can read. The access token lives until its `exp`; refresh shortly before.
         */
        post: operations["authenticate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/refresh-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for an access token and the next refresh token
         * @description By cookie, or by `refreshToken` in the body. Store the returned refresh token before the next call, and refresh one request at a time: the use of a token that was replaced may count as theft and end the session. Within seconds of its issue (10 unless configured) a token settles: the answer is a new access token and the same refresh token, or no new cookie. On `session_revoked` and `session_expired` sign in again; on 503 keep the token and try again after `Retry-After`.
         */
        post: operations["refreshToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/revoke-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out, or revoke another refresh token
         * @description Signs out by what comes along: the cookie, `refreshToken` in the body, or the bearer alone, even an expired one; whatever became of the session, the answer is 200. With `token` and a bearer it ends the session of that refresh token: your own; anybody’s as Admin.
         */
        post: operations["revokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up; the answer is the same for a new and for a taken address
         * @description The mail tells: a new address gets a link and a code, a taken one is told so. Registering an unverified address again sends another link, which brings the password and names of that attempt.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an address, after registering or changing it
         * @description Send either `token`, which the link in the mail brings, or `email` and `code`, for whoever reads the mail on another device. A code that is wrong, used or expired is 400 at `/code`. After five wrong ones in an hour every code of the account is, until the hour is over; links work all the while. The link that verified an address may be opened again: as long as nothing else changed, the answer is the same 200, with another message. A changed address ends every session but the one that asked for it.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/resend-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for the verification mail again; the answer is the same for every address
         * @description For an address that was registered or is to become the new one of an account, and waits for its confirmation. Where several people registered one address, the mail leads to a new password instead.
         */
        post: operations["resendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/undo-email-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the change of an address
         * @description By the token of the link that the old address got, for 72 hours. Ends every session and every other link, but those that undo earlier changes; the password no longer counts, and a link to choose a new one goes to the restored address.
         */
        post: operations["undoEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a reset link and code; the answer is the same for a known and for an unknown address */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/validate-reset-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether a reset link or code is still valid
         * @description Changes nothing: `resetPassword` uses it. Send either `token`, which the link in the mail brings, or `email` and `code`, for whoever reads the mail on another device. A code that is wrong, used or expired is 400 at `/code`. After five wrong ones in an hour every code of the account is, until the hour is over; links work all the while.
         */
        post: operations["validateResetToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password
         * @description Ends every session and every other link, and verifies the address. Send either `token`, which the link in the mail brings, or `email` and `code`, for whoever reads the mail on another device. A code that is wrong, used or expired is 400 at `/code`. After five wrong ones in an hour every code of the account is, until the hour is over; links work all the while.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List accounts; the Link header leads to the next page
         * @description In the order in which they were made; with `q` by address, then by last name. Follow the `Link` header rather than making cursors: one belongs to the list that it came from.
         */
        get: operations["listAccounts"];
        put?: never;
        /**
         * Create a verified account
         * @description With the role Admin it needs `currentPassword`, or a sign-in within the server’s `REAUTH_WINDOW` (5 minutes unless configured) as for `updateAccount`.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account */
        get: operations["getAccount"];
        /**
         * Update an account; a member’s own new address takes effect once confirmed
         * @description An Admin’s change of another member’s address takes effect at once, and both addresses are told. A new password, a new address and a lower role end the other sessions of the account, all of them when an Admin sets it; a new password or address ends every link under way, too.
         *
         *     A change of password, e-mail address or role needs `currentPassword`, the password of who asks, or a sign-in of this session within the server’s `REAUTH_WINDOW` (5 minutes unless configured), from the same network and with the same user agent; values that are as they were need nothing. Where the window is over, a PUT of `currentPassword` alone opens it again.
         */
        put: operations["updateAccount"];
        post?: never;
        /**
         * Delete an account
         * @description With `currentPassword` in the body, the password of who asks; or without a body, within the server’s `REAUTH_WINDOW` (5 minutes unless configured) after the password was entered in this session, from the same network and with the same user agent.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{id}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The suspension of an account */
        get: operations["getSuspension"];
        /**
         * Suspend an account, or replace reason and end of its suspension
         * @description Ends every session and every mailed link of the account at once; until the end of the suspension the member is answered as if the password were wrong. The member is told by mail that the account is suspended, and until when, but not why. It wants `currentPassword`, or a password entered lately, as `updateAccount` does.
         */
        put: operations["suspendAccount"];
        post?: never;
        /**
         * End the suspension of an account
         * @description The member may sign in again; the sessions and links that it ended stay so. It wants `currentPassword`, or a password entered lately, as `updateAccount` does.
         */
        delete: operations["restoreAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The live sessions of an account, most recently used first
         * @description Your own; anybody’s as Admin.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End every session of an account, or every other one
         * @description With `except=current` the session that asks goes on; of somebody else’s account an Admin ends all. The member is told by mail when an Admin does it.
         */
        delete: operations["endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{id}/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Its access token is refused from the next request on, and its refresh token is worth nothing; that goes for the session that asks, too. A member whose session an Admin ends is told by mail. Cookies are not touched: to sign out, use `revokeToken`.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to an account, newest first; the Link header leads to the next page
         * @description Your own account; any as Admin. Sign-ins with a wrong password are among them, with where they came from. What an Admin did shows his id and what changed; where from, by which session and request only Admins see.
         */
        get: operations["listAccountEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened, newest first; the Link header leads to the next page
         * @description The whole audit trail, deleted accounts included, for as long as it is kept: a year. Filters go together. Follow the `Link` header rather than making cursors: one belongs to the list that it came from.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/undelivered-mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Mail that has not arrived, newest first; the Link header leads to the next page
         * @description What is `waiting` for its next try, and what is `parked`, given up until an Admin has it tried again: a mail server refused it for good, or for a day and a half. With `state=parked` what was parked last comes first. Parked mail is deleted after 30 days. What is in a mail is not shown, for its link would sign in whoever reads it.
         */
        get: operations["listUndeliveredMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/undelivered-mail/{id}/parking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Have a parked mail tried again, at once
         * @description Its tries are counted anew. A mail whose link has run out meanwhile arrives all the same, and its link does not work any more. Where the mail waits, or has arrived meanwhile, nothing changes.
         */
        delete: operations["retryMail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["isLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The service can serve
         * @description 503 while it shuts down, and while its database is away.
         */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hello": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Wake-up ping */
        get: operations["hello"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "kty": "EC",
         *       "crv": "P-256",
         *       "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
         *       "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
         *       "kid": "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
         *       "alg": "ES256",
         *       "use": "sig"
         *     }
         */
        Jwk: {
            kty: string;
            crv: string;
            x: string;
            y: string;
            kid: string;
            alg: string;
            use: string;
        };
        Jwks: {
            keys: components["schemas"]["Jwk"][];
        };
        /**
         * @description Of a code that it does not know, a client goes by the status.
         * @enum {string}
         */
        ErrorCode: "validation_failed" | "malformed_request" | "ambiguous_token" | "authentication_required" | "invalid_credentials" | "token_invalid" | "token_expired" | "session_expired" | "session_revoked" | "email_not_verified" | "forbidden" | "origin_not_allowed" | "not_found" | "account_not_found" | "session_not_found" | "not_suspended" | "mail_not_found" | "email_taken" | "last_admin" | "reauthentication_required" | "precondition_failed" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal_error" | "busy" | "unavailable";
        Fault: {
            /** @description A JSON pointer into the body, or `/` and the name of a parameter. */
            path: string;
            /** @description What is expected there, to be read behind the name of the field. */
            message: string;
        };
        /** @description RFC 9457 problem details. Programs decide by `code`. */
        Problem: {
            /**
             * Format: uri
             * @description The code, as a URI.
             */
            type: string;
            /** @description The code, in words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description A sentence for people; it never repeats input. */
            detail: string;
            /**
             * Format: uri
             * @description This occurrence: the requestId, as a URI.
             */
            instance: string;
            code: components["schemas"]["ErrorCode"];
            /** @description Equal to detail. */
            message: string;
            /** @description What the log calls this request. */
            requestId: string;
            /** @description With `validation_failed`: every fault, not the first only. */
            errors?: components["schemas"]["Fault"][];
        };
        /**
         * @description Fixed for the life of the session: a token that lives in a cookie is never shown to scripts.
         * @default cookie
         * @enum {string}
         */
        RefreshTokenDelivery: "cookie" | "body";
        AuthenticateRequest: {
            /** @example ada@example.com */
            email: string;
            /** @example correct horse battery */
            password: string;
            refreshTokenDelivery?: components["schemas"]["RefreshTokenDelivery"];
        };
        /** @enum {string} */
        Role: "User" | "Admin";
        /**
         * @example {
         *       "id": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
         *       "title": "Ms",
         *       "firstName": "Ada",
         *       "lastName": "Lovelace",
         *       "email": "ada@example.com",
         *       "role": "User",
         *       "created": "2025-11-23T08:08:00.000Z",
         *       "updated": null,
         *       "isVerified": true,
         *       "jwtToken": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9.e30.c2ln"
         *     }
         */
        SignedIn: {
            /** Format: uuid */
            id: string;
            title: string;
            firstName: string;
            lastName: string;
            email: string;
            role: components["schemas"]["Role"];
            /**
             * Format: date-time
             * @description UTC
             * @example 2025-11-23T08:08:00.000Z
             */
            created: string;
            /**
             * Format: date-time
             * @description UTC; null until changed.
             * @example 2025-11-23T08:08:00.000Z
             */
            updated: string | null;
            /** @description Whether the member has proved that the address is theirs. */
            isVerified: boolean;
            /** @description Access token (RFC 9068). It lives until its `exp`. */
            jwtToken: string;
            /** @description Only with `refreshTokenDelivery` "body". */
            refreshToken?: string;
        };
        RefreshRequest: {
            /**
             * @description The refresh token of a session with `refreshTokenDelivery` "body"; never together with the cookie.
             * @example AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA
             */
            refreshToken?: string;
        };
        RevokeRequest: {
            /**
             * @description The refresh token of a session with `refreshTokenDelivery` "body"; never together with the cookie.
             * @example AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA
             */
            refreshToken?: string;
            /**
             * @description A refresh token to revoke, with a bearer: your own; anybody’s as Admin.
             * @example AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA
             */
            token?: string;
        };
        Message: {
            /** @description A sentence for people. */
            message: string;
        };
        RegisterRequest: {
            /** @example Ms */
            title: string;
            /** @example Ada */
            firstName: string;
            /** @example Lovelace */
            lastName: string;
            /**
             * Format: email
             * @example ada@example.com
             */
            email: string;
            /**
             * @description At least 8 characters (a server may ask for more) and at most 256; not a common password, and not based on your name, your e-mail address or the name of the service.
             * @example correct horse battery
             */
            password: string;
            /**
             * @description The same as `password`.
             * @example correct horse battery
             */
            confirmPassword: string;
            /**
             * @example true
             * @enum {boolean}
             */
            acceptTerms: true;
        };
        VerifyEmailRequest: {
            /**
             * @description The token from the link in the mail.
             * @example ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8
             */
            token?: string;
            /**
             * Format: email
             * @description With `code`: the address that the mail went to.
             * @example ada@example.com
             */
            email?: string;
            /**
             * @description The eight digits from the mail, with `email`: instead of `token`.
             * @example 12345678
             */
            code?: string;
        };
        ResendVerificationRequest: {
            /**
             * Format: email
             * @example ada@example.com
             */
            email: string;
        };
        UndoEmailChangeRequest: {
            /**
             * @description The token from the link in the mail.
             * @example ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8
             */
            token: string;
        };
        ForgotPasswordRequest: {
            /**
             * Format: email
             * @example ada@example.com
             */
            email: string;
        };
        ValidateResetTokenRequest: {
            /**
             * @description The token from the link in the mail.
             * @example ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8
             */
            token?: string;
            /**
             * Format: email
             * @description With `code`: the address that the mail went to.
             * @example ada@example.com
             */
            email?: string;
            /**
             * @description The eight digits from the mail, with `email`: instead of `token`.
             * @example 12345678
             */
            code?: string;
        };
        ResetPasswordRequest: {
            /**
             * @description The token from the link in the mail.
             * @example ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8
             */
            token?: string;
            /**
             * Format: email
             * @description With `code`: the address that the mail went to.
             * @example ada@example.com
             */
            email?: string;
            /**
             * @description The eight digits from the mail, with `email`: instead of `token`.
             * @example 12345678
             */
            code?: string;
            /**
             * @description At least 8 characters (a server may ask for more) and at most 256; not a common password, and not based on your name, your e-mail address or the name of the service.
             * @example correct horse battery
             */
            password: string;
            /**
             * @description The same as `password`.
             * @example correct horse battery
             */
            confirmPassword: string;
        };
        /**
         * @example {
         *       "id": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
         *       "title": "Ms",
         *       "firstName": "Ada",
         *       "lastName": "Lovelace",
         *       "email": "ada@example.com",
         *       "role": "User",
         *       "created": "2025-11-23T08:08:00.000Z",
         *       "updated": null,
         *       "isVerified": true
         *     }
         */
        Account: {
            /** Format: uuid */
            id: string;
            title: string;
            firstName: string;
            lastName: string;
            email: string;
            role: components["schemas"]["Role"];
            /**
             * Format: date-time
             * @description UTC
             * @example 2025-11-23T08:08:00.000Z
             */
            created: string;
            /**
             * Format: date-time
             * @description UTC; null until changed.
             * @example 2025-11-23T08:08:00.000Z
             */
            updated: string | null;
            /** @description Whether the member has proved that the address is theirs. */
            isVerified: boolean;
        };
        CreateAccountRequest: {
            /** @example Ms */
            title: string;
            /** @example Ada */
            firstName: string;
            /** @example Lovelace */
            lastName: string;
            /**
             * Format: email
             * @example ada@example.com
             */
            email: string;
            /**
             * @description At least 8 characters (a server may ask for more) and at most 256; not a common password, and not based on your name, your e-mail address or the name of the service.
             * @example correct horse battery
             */
            password: string;
            /**
             * @description The same as `password`.
             * @example correct horse battery
             */
            confirmPassword: string;
            role: components["schemas"]["Role"];
            /**
             * @description Your own password, whoever’s account it is: for acts that want it, when you did not enter it lately. A right one counts like a sign-in from then on.
             * @example correct horse battery
             */
            currentPassword?: string;
        };
        /** @description Omit a field to leave it unchanged (the server also accepts an empty string). `role` is for Admins. */
        UpdateAccountRequest: {
            /** @example Ms */
            title?: string;
            /** @example Ada */
            firstName?: string;
            /** @example Lovelace */
            lastName?: string;
            /**
             * Format: email
             * @example ada@example.com
             */
            email?: string;
            /**
             * @description At least 8 characters (a server may ask for more) and at most 256; not a common password, and not based on your name, your e-mail address or the name of the service.
             * @example correct horse battery
             */
            password?: string;
            /**
             * @description The same as `password`.
             * @example correct horse battery
             */
            confirmPassword?: string;
            role?: components["schemas"]["Role"];
            /**
             * @description Your own password, whoever’s account it is: for acts that want it, when you did not enter it lately. A right one counts like a sign-in from then on.
             * @example correct horse battery
             */
            currentPassword?: string;
        };
        DeleteAccountRequest: {
            /**
             * @description Your own password, whoever’s account it is: for acts that want it, when you did not enter it lately. A right one counts like a sign-in from then on.
             * @example correct horse battery
             */
            currentPassword?: string;
        };
        /**
         * @example {
         *       "since": "2025-11-23T08:08:00.000Z",
         *       "until": null,
         *       "reason": "The subscription was cancelled by the bank."
         *     }
         */
        Suspension: {
            /**
             * Format: date-time
             * @description UTC
             * @example 2025-11-23T08:08:00.000Z
             */
            since: string;
            /**
             * Format: date-time
             * @description UTC. null: until an Admin ends it.
             * @example 2025-11-23T08:08:00.000Z
             */
            until: string | null;
            /** @description For Admins; the member is not told. */
            reason: string;
        };
        SuspendRequest: {
            /**
             * @description For Admins and the audit trail; the member is not told.
             * @example The subscription was cancelled by the bank.
             */
            reason: string;
            /**
             * Format: date-time
             * @description When it ends by itself: in the future, in UTC. Without it an Admin ends it.
             * @example 2030-01-01T00:00:00Z
             */
            until?: string;
            /**
             * @description Your own password, whoever’s account it is: for acts that want it, when you did not enter it lately. A right one counts like a sign-in from then on.
             * @example correct horse battery
             */
            currentPassword?: string;
        };
        RestoreRequest: {
            /**
             * @description Your own password, whoever’s account it is: for acts that want it, when you did not enter it lately. A right one counts like a sign-in from then on.
             * @example correct horse battery
             */
            currentPassword?: string;
        };
        /**
         * @example {
         *       "id": "0199d6a1-7b3e-7d10-8a52-3c9e4f5a6b7c",
         *       "created": "2025-11-23T08:08:00.000Z",
         *       "lastUsed": "2025-11-24T19:30:12.000Z",
         *       "expires": "2025-12-01T19:30:12.000Z",
         *       "ip": "203.0.113.7",
         *       "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
         *       "current": true
         *     }
         */
        Session: {
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description UTC
             * @example 2025-11-23T08:08:00.000Z
             */
            created: string;
            /**
             * Format: date-time
             * @description UTC. When it last signed in, refreshed or changed something; reading does not count.
             */
            lastUsed: string;
            /**
             * Format: date-time
             * @description UTC. When it ends if it is not used until then.
             */
            expires: string;
            /** @description Where it signed in or refreshed last. */
            ip: string;
            /** @description The device, as it describes itself. */
            userAgent: string;
            /** @description Whether it is the session that asks. */
            current: boolean;
        };
        /** @enum {string} */
        EventName: "registration_started" | "email_verified" | "verification_resent" | "email_change_requested" | "email_changed" | "email_change_undone" | "code_refused" | "login_succeeded" | "login_failed" | "session_reissued" | "session_reuse_detected" | "session_revoked" | "reauthentication_failed" | "password_reset_requested" | "password_reset" | "password_changed" | "account_created" | "account_updated" | "account_deleted" | "account_suspended" | "account_restored" | "account_purged" | "role_changed" | "first_admin_appointed" | "signing_key_rotated" | "mail_retried";
        /**
         * @example {
         *       "id": "0199d6a2-1c4f-7a3b-9d61-5e8f7a6b5c4d",
         *       "at": "2025-11-24T19:30:12.000Z",
         *       "event": "account_updated",
         *       "actorId": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
         *       "subjectId": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
         *       "sessionId": "0199d6a1-7b3e-7d10-8a52-3c9e4f5a6b7c",
         *       "ip": "203.0.113.7",
         *       "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
         *       "requestId": "5b0c2f5e-4a39-4a53-b6e5-0f1f4f2c7a11",
         *       "detail": {
         *         "before": {
         *           "lastName": "Byron"
         *         },
         *         "after": {
         *           "lastName": "Lovelace"
         *         }
         *       }
         *     }
         */
        Event: {
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description UTC
             * @example 2025-11-23T08:08:00.000Z
             */
            at: string;
            event: components["schemas"]["EventName"];
            /**
             * Format: uuid
             * @description The account that did it; null when nobody was signed in, or the program did.
             */
            actorId: string | null;
            /**
             * Format: uuid
             * @description The account that it was done to; null when there is none, as after a wrong address.
             */
            subjectId: string | null;
            /**
             * Format: uuid
             * @description The session that did it; of an event about a session, that one.
             */
            sessionId: string | null;
            /** @description Where the request came from. */
            ip: string | null;
            /** @description The device, as it described itself. */
            userAgent: string | null;
            /** @description The request, as the log and error answers name it. */
            requestId: string | null;
            /** @description What changed, often `before` and `after`, in the names that the account has. Never a secret. */
            detail: {
                [key: string]: unknown;
            } | null;
        };
        /** @enum {string} */
        MailState: "waiting" | "parked";
        /**
         * @example {
         *       "id": "0199d6a3-4e8a-7f25-b0c7-2a9d8e1f6b30",
         *       "to": "ada@example.com",
         *       "template": "verify-email",
         *       "locale": "en",
         *       "state": "parked",
         *       "attempts": 1,
         *       "created": "2025-11-24T19:30:12.000Z",
         *       "nextTry": null,
         *       "parked": "2025-11-24T19:30:13.000Z",
         *       "lastError": "Can’t send mail - all recipients were rejected: 550 5.1.1 <…>: no such user"
         *     }
         */
        UndeliveredMail: {
            /** Format: uuid */
            id: string;
            /** @description The address that it is for. */
            to: string;
            /** @description Which of our mails it is, such as `verify-email`. */
            template: string;
            /** @description The language that it is written in, where there is wording for it. */
            locale: string;
            state: components["schemas"]["MailState"];
            /** @description Tries so far, since it was last parked. */
            attempts: number;
            /**
             * Format: date-time
             * @description UTC
             * @example 2025-11-23T08:08:00.000Z
             */
            created: string;
            /**
             * Format: date-time
             * @description When it is tried again; null where it is parked.
             * @example 2025-11-23T08:08:00.000Z
             */
            nextTry: string | null;
            /**
             * Format: date-time
             * @description When it was given up; null where it waits.
             * @example 2025-11-23T08:08:00.000Z
             */
            parked: string | null;
            /** @description What the mail server, or the program, said of the last try; without addresses, links and codes. */
            lastError: string | null;
        };
        Health: {
            /** @example ok */
            status: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Jwk = components['schemas']['Jwk'];
export type Jwks = components['schemas']['Jwks'];
export type ErrorCode = components['schemas']['ErrorCode'];
export type Fault = components['schemas']['Fault'];
export type Problem = components['schemas']['Problem'];
export type RefreshTokenDelivery = components['schemas']['RefreshTokenDelivery'];
export type AuthenticateRequest = components['schemas']['AuthenticateRequest'];
export type Role = components['schemas']['Role'];
export type SignedIn = components['schemas']['SignedIn'];
export type RefreshRequest = components['schemas']['RefreshRequest'];
export type RevokeRequest = components['schemas']['RevokeRequest'];
export type Message = components['schemas']['Message'];
export type RegisterRequest = components['schemas']['RegisterRequest'];
export type VerifyEmailRequest = components['schemas']['VerifyEmailRequest'];
export type ResendVerificationRequest = components['schemas']['ResendVerificationRequest'];
export type UndoEmailChangeRequest = components['schemas']['UndoEmailChangeRequest'];
export type ForgotPasswordRequest = components['schemas']['ForgotPasswordRequest'];
export type ValidateResetTokenRequest = components['schemas']['ValidateResetTokenRequest'];
export type ResetPasswordRequest = components['schemas']['ResetPasswordRequest'];
export type Account = components['schemas']['Account'];
export type CreateAccountRequest = components['schemas']['CreateAccountRequest'];
export type UpdateAccountRequest = components['schemas']['UpdateAccountRequest'];
export type DeleteAccountRequest = components['schemas']['DeleteAccountRequest'];
export type Suspension = components['schemas']['Suspension'];
export type SuspendRequest = components['schemas']['SuspendRequest'];
export type RestoreRequest = components['schemas']['RestoreRequest'];
export type Session = components['schemas']['Session'];
export type EventName = components['schemas']['EventName'];
export type Event = components['schemas']['Event'];
export type MailState = components['schemas']['MailState'];
export type UndeliveredMail = components['schemas']['UndeliveredMail'];
export type Health = components['schemas']['Health'];
export type $defs = Record<string, never>;
export interface operations {
    getJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "kty": "EC",
                     *           "crv": "P-256",
                     *           "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                     *           "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
                     *           "kid": "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
                     *           "alg": "ES256",
                     *           "use": "sig"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Jwks"];
                };
            };
            /** @description - `malformed_request`: The request could not be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authenticate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["AuthenticateRequest"];
            };
        };
        responses: {
            /** @description The account and its tokens. */
            200: {
                headers: {
                    /** @description `__Host-refresh`: HttpOnly, Secure, Path=/; only where the session delivers by cookie. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *       "title": "Ms",
                     *       "firstName": "Ada",
                     *       "lastName": "Lovelace",
                     *       "email": "ada@example.com",
                     *       "role": "User",
                     *       "created": "2025-11-23T08:08:00.000Z",
                     *       "updated": null,
                     *       "isVerified": true,
                     *       "jwtToken": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9.e30.c2ln"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `invalid_credentials`: E-mail or password is incorrect. */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `email_not_verified`: The e-mail address is not verified with this password; follow the link in the mail we sent.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `unavailable`: The service is temporarily unavailable; please try again.
             *     - `busy`: The service is busy; please try again in a moment.
             */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description The account and its tokens. */
            200: {
                headers: {
                    /** @description `__Host-refresh`: HttpOnly, Secure, Path=/; only where the session delivers by cookie. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *       "title": "Ms",
                     *       "firstName": "Ada",
                     *       "lastName": "Lovelace",
                     *       "email": "ada@example.com",
                     *       "role": "User",
                     *       "created": "2025-11-23T08:08:00.000Z",
                     *       "updated": null,
                     *       "isVerified": true,
                     *       "jwtToken": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9.e30.c2ln"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             *     - `ambiguous_token`: Send one refresh token: in the cookie or in the body, not both.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `origin_not_allowed`: Requests from this web page are not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"
                 *     }
                 */
                "application/json": components["schemas"]["RevokeRequest"];
            };
        };
        responses: {
            /** @description The session has ended. */
            200: {
                headers: {
                    /** @description Clears the refresh cookie. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "You are signed out."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             *     - `ambiguous_token`: Send one refresh token: in the cookie or in the body, not both.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_revoked`: The session has ended; please sign in again.
             *     - `session_expired`: The session has expired; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `forbidden`: You are not allowed to do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Ms",
                 *       "firstName": "Ada",
                 *       "lastName": "Lovelace",
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery",
                 *       "confirmPassword": "correct horse battery",
                 *       "acceptTerms": true
                 *     }
                 */
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            /** @description Whether or not the address is taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Almost done: check your e-mail and confirm your address."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `origin_not_allowed`: Requests from this web page are not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `unavailable`: The service is temporarily unavailable; please try again.
             *     - `busy`: The service is busy; please try again in a moment.
             */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyEmailRequest"];
            };
        };
        responses: {
            /** @description The address is verified, now or before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Your address is verified; you can sign in now."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `origin_not_allowed`: Requests from this web page are not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `email_taken`: This e-mail address is already in use. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["ResendVerificationRequest"];
            };
        };
        responses: {
            /** @description Whether or not the address waits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "If this address waits for its confirmation, we have sent another mail."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `origin_not_allowed`: Requests from this web page are not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8"
                 *     }
                 */
                "application/json": components["schemas"]["UndoEmailChangeRequest"];
            };
        };
        responses: {
            /** @description The old address is the account’s again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Your old address is back. We have sent it a link to choose a new password."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `origin_not_allowed`: Requests from this web page are not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `email_taken`: This e-mail address is already in use. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["ForgotPasswordRequest"];
            };
        };
        responses: {
            /** @description Whether or not there is such an account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "If an account with this address exists, we have sent it a reset link."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `origin_not_allowed`: Requests from this web page are not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateResetToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateResetTokenRequest"];
            };
        };
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "The token is valid."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `origin_not_allowed`: Requests from this web page are not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPasswordRequest"];
            };
        };
        responses: {
            /** @description The password was set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Your password was reset; you can sign in now."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `origin_not_allowed`: Requests from this web page are not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `unavailable`: The service is temporarily unavailable; please try again.
             *     - `busy`: The service is busy; please try again in a moment.
             */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description Accounts per page. */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description Prefix of the address or the last name; of an international domain, whole labels. */
                q?: string;
                /** @description Only accounts with this role. */
                role?: components["schemas"]["Role"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of accounts. */
            200: {
                headers: {
                    /** @description `<…>; rel="next"` (RFC 8288), relative; absent on the last page. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *         "title": "Ms",
                     *         "firstName": "Ada",
                     *         "lastName": "Lovelace",
                     *         "email": "ada@example.com",
                     *         "role": "User",
                     *         "created": "2025-11-23T08:08:00.000Z",
                     *         "updated": null,
                     *         "isVerified": true
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Account"][];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `forbidden`: You are not allowed to do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Ms",
                 *       "firstName": "Ada",
                 *       "lastName": "Lovelace",
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery",
                 *       "confirmPassword": "correct horse battery",
                 *       "role": "User"
                 *     }
                 */
                "application/json": components["schemas"]["CreateAccountRequest"];
            };
        };
        responses: {
            /** @description The new account. */
            200: {
                headers: {
                    /** @description The version of the account, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *       "title": "Ms",
                     *       "firstName": "Ada",
                     *       "lastName": "Lovelace",
                     *       "email": "ada@example.com",
                     *       "role": "User",
                     *       "created": "2025-11-23T08:08:00.000Z",
                     *       "updated": null,
                     *       "isVerified": true
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `forbidden`: You are not allowed to do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `reauthentication_required`: Please enter your current password, or sign in again.
             *     - `email_taken`: This e-mail address is already in use.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `unavailable`: The service is temporarily unavailable; please try again.
             *     - `busy`: The service is busy; please try again in a moment.
             */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    /** @description The version of the account, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *       "title": "Ms",
                     *       "firstName": "Ada",
                     *       "lastName": "Lovelace",
                     *       "email": "ada@example.com",
                     *       "role": "User",
                     *       "created": "2025-11-23T08:08:00.000Z",
                     *       "updated": null,
                     *       "isVerified": true
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `forbidden`: You are not allowed to do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `account_not_found`: This account does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that the edit began with, a list of them, or `*`: another version is refused with 412. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Omit a field to leave it unchanged (the server also accepts an empty string). `role` is for Admins. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Countess",
                 *       "lastName": "King"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateAccountRequest"];
            };
        };
        responses: {
            /** @description The account, as it is now. */
            200: {
                headers: {
                    /** @description The version of the account, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *       "title": "Ms",
                     *       "firstName": "Ada",
                     *       "lastName": "Lovelace",
                     *       "email": "ada@example.com",
                     *       "role": "User",
                     *       "created": "2025-11-23T08:08:00.000Z",
                     *       "updated": null,
                     *       "isVerified": true
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `forbidden`: You are not allowed to do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `account_not_found`: This account does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `reauthentication_required`: Please enter your current password, or sign in again.
             *     - `email_taken`: This e-mail address is already in use.
             *     - `last_admin`: This is the last Admin; appoint another one first.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `precondition_failed`: Somebody else has changed this meanwhile; read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `unavailable`: The service is temporarily unavailable; please try again.
             *     - `busy`: The service is busy; please try again in a moment.
             */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that the edit began with, a list of them, or `*`: another version is refused with 412. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["DeleteAccountRequest"];
            };
        };
        responses: {
            /** @description It is deleted, with its sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "The account was deleted."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `forbidden`: You are not allowed to do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `account_not_found`: This account does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `reauthentication_required`: Please enter your current password, or sign in again.
             *     - `last_admin`: This is the last Admin; appoint another one first.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `precondition_failed`: Somebody else has changed this meanwhile; read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `unavailable`: The service is temporarily unavailable; please try again.
             *     - `busy`: The service is busy; please try again in a moment.
             */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSuspension: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The suspension. */
            200: {
                headers: {
                    /** @description The version of the account, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "since": "2025-11-23T08:08:00.000Z",
                     *       "until": null,
                     *       "reason": "The subscription was cancelled by the bank."
                     *     }
                     */
                    "application/json": components["schemas"]["Suspension"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `forbidden`: You are not allowed to do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `account_not_found`: This account does not exist.
             *     - `not_suspended`: This account is not suspended.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that the edit began with, a list of them, or `*`: another version is refused with 412. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The subscription was cancelled by the bank."
                 *     }
                 */
                "application/json": components["schemas"]["SuspendRequest"];
            };
        };
        responses: {
            /** @description The suspension, as it is now. */
            200: {
                headers: {
                    /** @description The version of the account, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "since": "2025-11-23T08:08:00.000Z",
                     *       "until": null,
                     *       "reason": "The subscription was cancelled by the bank."
                     *     }
                     */
                    "application/json": components["schemas"]["Suspension"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `forbidden`: You are not allowed to do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `account_not_found`: This account does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `reauthentication_required`: Please enter your current password, or sign in again.
             *     - `last_admin`: This is the last Admin; appoint another one first.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `precondition_failed`: Somebody else has changed this meanwhile; read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `unavailable`: The service is temporarily unavailable; please try again.
             *     - `busy`: The service is busy; please try again in a moment.
             */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that the edit began with, a list of them, or `*`: another version is refused with 412. */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["RestoreRequest"];
            };
        };
        responses: {
            /** @description The account is not suspended, whether or not it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "The account is not suspended."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `forbidden`: You are not allowed to do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `account_not_found`: This account does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `reauthentication_required`: Please enter your current password, or sign in again. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `precondition_failed`: Somebody else has changed this meanwhile; read it again. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `unavailable`: The service is temporarily unavailable; please try again.
             *     - `busy`: The service is busy; please try again in a moment.
             */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them: an account has a limited number. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199d6a1-7b3e-7d10-8a52-3c9e4f5a6b7c",
                     *         "created": "2025-11-23T08:08:00.000Z",
                     *         "lastUsed": "2025-11-24T19:30:12.000Z",
                     *         "expires": "2025-12-01T19:30:12.000Z",
                     *         "ip": "203.0.113.7",
                     *         "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                     *         "current": true
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Session"][];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `forbidden`: You are not allowed to do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `account_not_found`: This account does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSessions: {
        parameters: {
            query?: {
                /** @description The session that asks goes on. Without it, all end. */
                except?: "current";
            };
            header?: never;
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They have ended, if there were any. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "The sessions were ended."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `forbidden`: You are not allowed to do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `account_not_found`: This account does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
                /**
                 * @description UUID of the session.
                 * @example 0199d6a1-7b3e-7d10-8a52-3c9e4f5a6b7c
                 */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "The session was ended."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `forbidden`: You are not allowed to do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `account_not_found`: This account does not exist.
             *     - `session_not_found`: This session does not exist, or has ended.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccountEvents: {
        parameters: {
            query?: {
                /** @description Events per page. */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description UUID of the account.
                 * @example 0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    /** @description `<…>; rel="next"` (RFC 8288), relative; absent on the last page. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199d6a2-1c4f-7a3b-9d61-5e8f7a6b5c4d",
                     *         "at": "2025-11-24T19:30:12.000Z",
                     *         "event": "account_updated",
                     *         "actorId": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *         "subjectId": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *         "sessionId": "0199d6a1-7b3e-7d10-8a52-3c9e4f5a6b7c",
                     *         "ip": "203.0.113.7",
                     *         "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                     *         "requestId": "5b0c2f5e-4a39-4a53-b6e5-0f1f4f2c7a11",
                     *         "detail": {
                     *           "before": {
                     *             "lastName": "Byron"
                     *           },
                     *           "after": {
                     *             "lastName": "Lovelace"
                     *           }
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Event"][];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `forbidden`: You are not allowed to do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `account_not_found`: This account does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Events per page. */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description Only events of this name. */
                event?: components["schemas"]["EventName"];
                /** @description Only what this account did. */
                actor?: string;
                /** @description Only what was done to this account, also after it was deleted. */
                subject?: string;
                /** @description Only events at this time or later. */
                from?: string;
                /** @description Only events before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    /** @description `<…>; rel="next"` (RFC 8288), relative; absent on the last page. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199d6a2-1c4f-7a3b-9d61-5e8f7a6b5c4d",
                     *         "at": "2025-11-24T19:30:12.000Z",
                     *         "event": "account_updated",
                     *         "actorId": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *         "subjectId": "0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47",
                     *         "sessionId": "0199d6a1-7b3e-7d10-8a52-3c9e4f5a6b7c",
                     *         "ip": "203.0.113.7",
                     *         "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                     *         "requestId": "5b0c2f5e-4a39-4a53-b6e5-0f1f4f2c7a11",
                     *         "detail": {
                     *           "before": {
                     *             "lastName": "Byron"
                     *           },
                     *           "after": {
                     *             "lastName": "Lovelace"
                     *           }
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Event"][];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `forbidden`: You are not allowed to do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUndeliveredMail: {
        parameters: {
            query?: {
                /** @description Mails per page. */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description Only mail in this state. */
                state?: components["schemas"]["MailState"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of mails. */
            200: {
                headers: {
                    /** @description `<…>; rel="next"` (RFC 8288), relative; absent on the last page. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199d6a3-4e8a-7f25-b0c7-2a9d8e1f6b30",
                     *         "to": "ada@example.com",
                     *         "template": "verify-email",
                     *         "locale": "en",
                     *         "state": "parked",
                     *         "attempts": 1,
                     *         "created": "2025-11-24T19:30:12.000Z",
                     *         "nextTry": null,
                     *         "parked": "2025-11-24T19:30:13.000Z",
                     *         "lastError": "Can’t send mail - all recipients were rejected: 550 5.1.1 <…>: no such user"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["UndeliveredMail"][];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `forbidden`: You are not allowed to do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUID of the mail.
                 * @example 0199d6a3-4e8a-7f25-b0c7-2a9d8e1f6b30
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mail is not parked, whether or not it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "The mail is not parked."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description - `malformed_request`: The request could not be read.
             *     - `validation_failed`: Some fields are not valid; see `errors`.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `authentication_required`: Please sign in.
             *     - `token_invalid`: This token is not valid.
             *     - `token_expired`: This token has expired.
             *     - `session_expired`: The session has expired; please sign in again.
             *     - `session_revoked`: The session has ended; please sign in again.
             */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `origin_not_allowed`: Requests from this web page are not allowed.
             *     - `forbidden`: You are not allowed to do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `mail_not_found`: This mail does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `payload_too_large`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unsupported_media_type`: Send application/json. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `rate_limited`: Too many requests; please try again later. */
            429: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    /** @description `"name";r=0;t=…`: the limit that refused, and seconds until it ends. */
                    RateLimit?: string;
                    /** @description `"name";q=…;w=…, …`: requests and seconds of every limit of this route. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    isLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description - `malformed_request`: The request could not be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description - `malformed_request`: The request could not be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hello: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A greeting. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Hello from Guildhall."
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description - `malformed_request`: The request could not be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `unavailable`: The service is temporarily unavailable; please try again. */
            503: {
                headers: {
                    /** @description Seconds until another try makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
