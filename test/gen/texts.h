/* SPDX-License-Identifier: MIT */
/* GenericErrors texts: .NET exceptions in four languages of servers. */
#ifndef GEN_TEXTS_H
#define GEN_TEXTS_H

#include "gen.h"

enum lang { LANG_EN, LANG_FR, LANG_RU, LANG_DE, LANG_COUNT };

/* A back end's answer: ProtocolError, ResponseStatusCode, WebException. */
const char *errors_status(struct gen *g, int lang, int status);
/* The outbound ticket failed; first_try adds the WebException 401 before. */
const char *errors_sspi(struct gen *g, int lang, const char *host,
    const char *status, bool first_try);
/* No HTTP answer: the WebExceptionStatus word and its exception. */
const char *errors_transport(struct gen *g, int lang, const char *word,
    const char *ip);
/* An exception of the proxy itself with its own message. */
const char *errors_proxy(struct gen *g, int lang, const char *message);
/* Frames until the text is far beyond the 16,384 unit limit. */
const char *errors_endless(struct gen *g, int lang);

#endif
