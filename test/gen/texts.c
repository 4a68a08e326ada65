/* SPDX-License-Identifier: MIT */
/* GenericErrors texts: .NET exceptions in four languages of servers. */
#include "texts.h"

#include <stdio.h>
#include <string.h>

#include "row.h"

/* U+00A0 stands before the French colon. */
static const struct words {
	const char *at;
	const char *answered;      /* takes the status twice as one text */
	const char *no_connection;
	const char *refused;
	const char *closed;
	const char *timed_out;
	const char *inner_end;
} words[LANG_COUNT] = {
	[LANG_EN] = {
		"at", "The remote server returned an error: ",
		"Unable to connect to the remote server",
		"The target machine actively refused the connection",
		"The underlying connection was closed unexpectedly.",
		"The operation has timed out.",
		"--- End of inner exception stack trace ---",
	},
	[LANG_FR] = {
		"\xc3\xa0", "Le serveur distant a renvoy\xc3\xa9 une erreur"
		"\xc2\xa0: ",
		"Impossible de joindre le serveur distant",
		"L'ordinateur cible a refus\xc3\xa9 la connexion \xc2\xab"
		"\xc2\xa0" "express\xc3\xa9ment\xc2\xa0\xc2\xbb",
		"La connexion sous-jacente a \xc3\xa9t\xc3\xa9 ferm\xc3\xa9"
		"e de fa\xc3\xa7on inattendue.",
		"Le d\xc3\xa9lai de l'op\xc3\xa9ration est d\xc3\xa9pass"
		"\xc3\xa9.",
		"--- Fin de la trace de pile d'exception interne ---",
	},
	[LANG_RU] = {
		"в", "Удалённый сервер вернул ошибку: ",
		"Не удаётся соединиться с удалённым сервером",
		"Конечный компьютер отверг соединение",
		"Базовое соединение неожиданно закрыто.",
		"Время ожидания операции истекло.",
		"--- Конец стека внутреннего исключения ---",
	},
	[LANG_DE] = {
		"bei", "Der Remoteserver hat einen Fehler gemeldet: ",
		"Die Verbindung mit dem Remoteserver war nicht möglich",
		"Der Zielcomputer hat die Verbindung abgelehnt",
		"Die zugrunde liegende Verbindung wurde unerwartet getrennt.",
		"Das Zeitlimit für den Vorgang wurde überschritten.",
		"--- Ende der internen Ausnahmestapelüberwachung ---",
	},
};

static const char *
reason(int lang, int status)
{
	static const char *const text[LANG_COUNT][4] = {
		{ "Bad request", "Unauthorized", "Forbidden", "Error" },
		{ "Requ\xc3\xaate incorrecte", "Non autoris\xc3\xa9",
		  "Interdit", "Erreur" },
		{ "Неверный запрос", "Несанкционировано", "Запрещено",
		  "Ошибка" },
		{ "Ungültige Anforderung", "Nicht autorisiert",
		  "Verboten", "Fehler" },
	};

	switch (status) {
	case 400:
		return text[lang][0];
	case 401:
		return text[lang][1];
	case 403:
		return text[lang][2];
	default:
		return text[lang][3];
	}
}

/* The writer has made a space of each CRLF: four before the frame word. */
static void
frame(struct buf *b, int lang, const char *method)
{
	buf_fmt(b, "\r\n   %s %s", words[lang].at, method);
}

#define FRAME_RESPONSE "System.Net.HttpWebRequest.EndGetResponse" \
	"(IAsyncResult asyncResult)"
#define FRAME_READY "Microsoft.Exchange.HttpProxy.ProxyRequestHandler." \
	"<>c__DisplayClass197_0.<OnResponseReady>b__0()"
#define FRAME_TICKET "Microsoft.Exchange.HttpProxy.KerberosUtilities." \
	"GenerateKerberosAuthHeader(String host, Int32 traceContext, " \
	"AuthenticationContext& authenticationContext, " \
	"String& kerberosTokenValue)"
#define FRAME_RPC "Microsoft.Exchange.HttpProxy.RpcHttpProxyRequestHandler." \
	"<>c__DisplayClass1.<BeginProxyRequest>b__0()"

static void
web_exception(struct buf *out, int lang, int status)
{
	struct buf text = { 0 };

	buf_fmt(&text, "System.Net.WebException: %s(%d) %s.",
	    words[lang].answered, status, reason(lang, status));
	frame(&text, lang, FRAME_RESPONSE);
	frame(&text, lang, FRAME_READY);
	pair_add(out, "WebException", text.data);
	buf_free(&text);
}

static const char *
keep(struct gen *g, struct buf *b)
{
	pairs_clip(b);
	const char *text = tmp(g, "%s", b->data);
	buf_free(b);
	return text;
}

const char *
errors_status(struct gen *g, int lang, int status)
{
	struct buf b = { 0 };

	buf_fmt(&b, "WebExceptionStatus=ProtocolError;"
	    "ResponseStatusCode=%d;", status);
	if (status != 500)
		web_exception(&b, lang, status);
	return keep(g, &b);
}

const char *
errors_sspi(struct gen *g, int lang, const char *host, const char *status,
    bool first_try)
{
	struct buf b = { 0 }, text = { 0 };

	if (first_try) {
		buf_str(&b, "WebExceptionStatus=ProtocolError;"
		    "ResponseStatusCode= 401;");
		web_exception(&b, lang, 401);
	}
	buf_fmt(&text, "System.Web.HttpException (0x80004005): "
	    "NegotiateSecurityContext failed with for host '%s' with "
	    "status '%s'", host, status);
	frame(&text, lang, FRAME_TICKET);
	frame(&text, lang, FRAME_RPC);
	pair_add(&b, "HttpException", text.data);
	buf_free(&text);
	return keep(g, &b);
}

const char *
errors_transport(struct gen *g, int lang, const char *word, const char *ip)
{
	const struct words *w = &words[lang];
	struct buf b = { 0 }, text = { 0 };

	buf_fmt(&b, "WebExceptionStatus=%s;", word);
	if (!strcmp(word, "ConnectFailure")) {
		buf_fmt(&text, "System.Net.WebException: %s ---> "
		    "System.Net.Sockets.SocketException: %s %s:444",
		    w->no_connection, w->refused, ip);
		frame(&text, lang, "System.Net.Sockets.Socket.EndConnect"
		    "(IAsyncResult asyncResult)");
		buf_fmt(&text, "\r\n   %s", w->inner_end);
	} else {
		buf_fmt(&text, "System.Net.WebException: %s",
		    strcmp(word, "Timeout") ? w->closed : w->timed_out);
	}
	frame(&text, lang, FRAME_RESPONSE);
	pair_add(&b, "WebException", text.data);
	buf_free(&text);
	return keep(g, &b);
}

const char *
errors_proxy(struct gen *g, int lang, const char *message)
{
	struct buf b = { 0 }, text = { 0 };

	buf_fmt(&text, "Microsoft.Exchange.HttpProxy.HttpProxyException: %s",
	    message);
	frame(&text, lang, "Microsoft.Exchange.HttpProxy."
	    "ProxyRequestHandler.BeginCalculateTargetBackEnd(Object state)");
	pair_add(&b, "HttpProxyException", text.data);
	buf_free(&text);
	return keep(g, &b);
}

const char *
errors_endless(struct gen *g, int lang)
{
	struct buf b = { 0 }, text = { 0 };

	buf_str(&b, "WebExceptionStatus=ProtocolError;"
	    "ResponseStatusCode=500;");
	buf_fmt(&text, "System.Net.WebException: %s", words[lang].closed);
	while (text.len < 60000) {
		frame(&text, lang, FRAME_READY);
		buf_str(&text, " \xf0\x9f\x93\xab ");
		frame(&text, lang, FRAME_TICKET);
	}
	pair_add(&b, "OnUnhandledException", text.data);
	buf_free(&text);
	return keep(g, &b);
}
