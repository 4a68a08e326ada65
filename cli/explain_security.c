/* SPDX-License-Identifier: MIT */
/* What the status in "NegotiateSecurityContext failed" means. */

#include "explain.h"

/* As Exchange and .NET spell it, with the name and number of Windows. */
const struct explained explain_security_statuses[] = {
	{ .name = "InvalidToken",
	  .also = "0x80090308 SEC_E_INVALID_TOKEN",
	  .class = "be_krb_invalid_token",
	  .text = "The token that the back end sent back is of no use to "
		  "the front end. Towards Exchange 2010 or 2007 on Windows "
		  "Server 2008 R2 the best known cause is that update "
		  "KB3140410 is missing there: see rpclog explain KB3140410." },
	{ .name = "LogonDenied",
	  .also = "0x8009030C SEC_E_LOGON_DENIED",
	  .class = "be_krb_logon_denied",
	  .text = "Windows denied the logon of the front end's own account. "
		  "Check its machine account and secure channel "
		  "(Test-ComputerSecureChannel). If only one mailbox fails, "
		  "see whether it has moved to the cloud." },
	{ .name = "TargetUnknown",
	  .also = "0x80090303 SEC_E_TARGET_UNKNOWN",
	  .class = "be_krb_target_unknown",
	  .text = "No account in the domain has a service principal name "
		  "(SPN) for that host: wrong DNS name, or a domain "
		  "controller that does not know the server yet. If the "
		  "host is none of yours, someone probes for CVE-2021-26855." },
	{ .name = "WrongPrincipal",
	  .also = "0x80090322 SEC_E_WRONG_PRINCIPAL",
	  .class = "be_krb_wrong_principal",
	  .text = "The ticket was made for another account than the one "
		  "that answered: two accounts hold the service principal "
		  "name (SPN), the password of the alternate service "
		  "account is out of date, or DNS points to another "
		  "machine. Check with setspn -X." },
	{ .name = "TimeSkew",
	  .also = "0x80090324 SEC_E_TIME_SKEW",
	  .class = "be_krb_time_skew",
	  .text = "The clocks of the servers are more than five minutes "
		  "apart, or those of a server and a domain controller. "
		  "w32tm /query /status shows where a server gets its time." },
	{ .name = "NoCredentials",
	  .also = "0x8009030E SEC_E_NO_CREDENTIALS",
	  .class = "be_krb_no_credentials",
	  .text = "The front end's application pool has no credentials to "
		  "log on to other servers with. Its identity should be "
		  "LocalSystem." },
	{ .name = "UnknownCredentials",
	  .also = "0x8009030D SEC_E_UNKNOWN_CREDENTIALS",
	  .class = "be_krb_no_credentials",
	  .text = "Windows did not recognise the credentials of the front "
		  "end's application pool. Its identity should be "
		  "LocalSystem." },
	{ .name = "NoAuthenticatingAuthority",
	  .also = "0x80090311 SEC_E_NO_AUTHENTICATING_AUTHORITY",
	  .class = "be_krb_no_dc",
	  .text = "No domain controller could be reached. Check DNS, the "
		  "firewall and the Active Directory site of the front end: "
		  "nltest /dsgetdc:DOMAIN." },
	{ .name = "-2146892990",
	  .also = "0x80090342 SEC_E_KDC_UNKNOWN_ETYPE",
	  .class = "be_krb_etype",
	  .text = "The two sides have no encryption type in common (RC4 "
		  "against AES). Check msDS-SupportedEncryptionTypes of the "
		  "account and set its password anew; that makes its AES "
		  "keys." },
	{ .name = "BadBindings",
	  .also = "BadBinding 0x80090346 SEC_E_BAD_BINDINGS",
	  .class = "be_krb_channel_binding",
	  .text = "Extended Protection binds a logon to the TLS connection "
		  "that it came by, and here they did not fit: most often a "
		  "device in between ends TLS, or Extended Protection is "
		  "set differently on the two sides." },
	{ .name = "ExtendedProtectionMissingSpn",
	  .class = "be_krb_channel_binding",
	  .text = "Extended Protection: the side that logged on named no "
		  "service, and the other insists on one." },
	{ .name = "ExtendedProtectionWrongSpn",
	  .class = "be_krb_channel_binding",
	  .text = "Extended Protection: the side that logged on named "
		  "another service than the other accepts." },
	{ .name = "ExtendedProtectionOSNotPatched",
	  .class = "be_krb_channel_binding",
	  .text = "Extended Protection is asked for, but this Windows lacks "
		  "the update for it." },
	{ .name = "UnsupportedPreauth",
	  .also = "0x80090343 SEC_E_UNSUPPORTED_PREAUTH",
	  .class = "be_krb_other",
	  .text = "The domain controller does not know the kind of proof of "
		  "identity that was sent to it (Kerberos "
		  "pre-authentication)." },
	{ .name = "SmartcardLogonRequired",
	  .also = "0x8009033E SEC_E_SMARTCARD_LOGON_REQUIRED",
	  .class = "be_krb_other",
	  .text = "The account may only log on with a smart card." },
	{ .name = "InternalError",
	  .also = "0x80090304 SEC_E_INTERNAL_ERROR",
	  .class = "be_krb_other",
	  .text = "The security code of Windows failed inside. See the "
		  "System log of the front end for LSA and Kerberos events "
		  "of that minute." },
	{ .name = "Unsupported",
	  .also = "0x80090302 SEC_E_UNSUPPORTED_FUNCTION",
	  .class = "be_krb_other",
	  .text = "The security package can't do what was asked for." },
	{ .name = "OutOfMemory",
	  .also = "0x80090300 SEC_E_INSUFFICIENT_MEMORY",
	  .class = "be_krb_other",
	  .text = "Windows had not enough memory for the logon. Check the "
		  "memory of the front end." },
	{ .name = "InvalidHandle",
	  .also = "0x80090301 SEC_E_INVALID_HANDLE",
	  .class = "be_krb_other",
	  .text = "The program used a logon that was not open any more: a "
		  "fault inside the front end. If it goes on, recycle the "
		  "application pool." },
	{ .name = "PackageNotFound",
	  .also = "0x80090305 SEC_E_SECPKG_NOT_FOUND",
	  .class = "be_krb_other",
	  .text = "Windows has no security package of the name that was "
		  "asked for (Kerberos, Negotiate, NTLM)." },
	{ .name = "NotOwner",
	  .also = "0x80090306 SEC_E_NOT_OWNER",
	  .class = "be_krb_other",
	  .text = "The caller does not own the credentials that it wanted "
		  "to use." },
	{ .name = "CannotInstall",
	  .also = "0x80090307 SEC_E_CANNOT_INSTALL",
	  .class = "be_krb_other",
	  .text = "A security package could not be started. See the System "
		  "log." },
	{ .name = "CannotPack",
	  .also = "0x80090309 SEC_E_CANNOT_PACK",
	  .class = "be_krb_other",
	  .text = "A security package could not hand its data over." },
	{ .name = "QopNotSupported",
	  .also = "0x8009030A SEC_E_QOP_NOT_SUPPORTED",
	  .class = "be_krb_other",
	  .text = "The protection (signing or encryption) that was asked "
		  "for is not offered." },
	{ .name = "NoImpersonation",
	  .also = "0x8009030B SEC_E_NO_IMPERSONATION",
	  .class = "be_krb_other",
	  .text = "The logon does not allow the server to act for the user." },
	{ .name = "MessageAltered",
	  .also = "0x8009030F SEC_E_MESSAGE_ALTERED",
	  .class = "be_krb_other",
	  .text = "A signed message was changed on its way, or was checked "
		  "with the wrong key. If it is frequent, look for a device "
		  "between the servers, and for two accounts with the same "
		  "service principal name (setspn -X)." },
	{ .name = "OutOfSequence",
	  .also = "0x80090310 SEC_E_OUT_OF_SEQUENCE",
	  .class = "be_krb_other",
	  .text = "Messages of a logon came in the wrong order." },
	{ .name = "IncompleteMessage",
	  .also = "0x80090318 SEC_E_INCOMPLETE_MESSAGE",
	  .class = "be_krb_other",
	  .text = "A message of the logon was cut short." },
	{ .name = "IncompleteCredentials",
	  .also = "0x80090320 SEC_E_INCOMPLETE_CREDENTIALS",
	  .class = "be_krb_other",
	  .text = "Something is missing in the credentials; with TLS: a "
		  "client certificate." },
	{ .name = "BufferNotEnough",
	  .also = "0x80090321 SEC_E_BUFFER_TOO_SMALL",
	  .class = "be_krb_other",
	  .text = "The space set aside for a token was too small for it." },
	{ .name = "UntrustedRoot",
	  .also = "0x80090325 SEC_E_UNTRUSTED_ROOT",
	  .class = "be_krb_other",
	  .text = "A certificate comes from an authority that this server "
		  "does not trust." },
	{ .name = "IllegalMessage",
	  .also = "0x80090326 SEC_E_ILLEGAL_MESSAGE",
	  .class = "be_krb_other",
	  .text = "A message of the logon was not what it should be at that "
		  "point." },
	{ .name = "CertUnknown",
	  .also = "0x80090327 SEC_E_CERT_UNKNOWN",
	  .class = "be_krb_other",
	  .text = "A certificate could not be processed." },
	{ .name = "CertExpired",
	  .also = "0x80090328 SEC_E_CERT_EXPIRED",
	  .class = "be_krb_other",
	  .text = "A certificate is out of date." },
	{ .name = "EncryptFailure",
	  .also = "0x80090329 SEC_E_ENCRYPT_FAILURE",
	  .class = "be_krb_other",
	  .text = "Something could not be encrypted." },
	{ .name = "DecryptFailure",
	  .also = "0x80090330 SEC_E_DECRYPT_FAILURE",
	  .class = "be_krb_other",
	  .text = "Something could not be decrypted: the two sides have "
		  "different keys." },
	{ .name = "AlgorithmMismatch",
	  .also = "0x80090331 SEC_E_ALGORITHM_MISMATCH",
	  .class = "be_krb_other",
	  .text = "The two sides have no algorithm in common." },
	{ .name = "SecurityQosFailed",
	  .also = "0x80090332 SEC_E_SECURITY_QOS_FAILED",
	  .class = "be_krb_other",
	  .text = "The logon could not be given the properties that it must "
		  "have, such as proof of who the server is." },
	{ .name = "ContextExpired",
	  .also = "0x00090317 SEC_I_CONTEXT_EXPIRED",
	  .class = "be_krb_other",
	  .text = "The logon is no longer valid; its time has run out." },
	{ .name = "CompleteNeeded",
	  .also = "0x00090313 SEC_I_COMPLETE_NEEDED",
	  .class = "be_krb_other",
	  .text = "One more step on this side was due when the front end "
		  "gave up: it takes only a logon that is done or goes on." },
	{ .name = "CompAndContinue",
	  .also = "0x00090314 SEC_I_COMPLETE_AND_CONTINUE",
	  .class = "be_krb_other",
	  .text = "One more step on each side was due when the front end "
		  "gave up: it takes only a logon that is done or goes on." },
	{ .name = "CredentialsNeeded",
	  .also = "0x00090320 SEC_I_INCOMPLETE_CREDENTIALS",
	  .class = "be_krb_other",
	  .text = "The other side asked for more credentials, such as a "
		  "client certificate." },
	{ .name = "Renegotiate",
	  .also = "0x00090321 SEC_I_RENEGOTIATE",
	  .class = "be_krb_other",
	  .text = "The other side wants to begin the negotiation anew." },
	{ .name = "ContinueNeeded",
	  .also = "0x00090312 SEC_I_CONTINUE_NEEDED",
	  .class = "be_krb_other",
	  .text = "No failure: the logon goes on with a further message. "
		  "The front end does not log this one as a failure." },
	{ .name = "OK",
	  .also = "SEC_E_OK",
	  .class = "be_krb_other",
	  .text = "No failure. The front end does not log this one as a "
		  "failure." },
	{ .name = "TLS1_0NotSupported",
	  .class = "be_krb_other",
	  .text = "TLS 1.0 was asked for and is switched off." },
	{ .name = "UnexpectedExchangeAuthBlob",
	  .class = "be_krb_other",
	  .text = "The data of an Exchange server's own kind of logon was "
		  "not what was expected." },
	{ .name = "-2146892984",
	  .also = "0x80090348 SEC_E_NO_KERB_KEY",
	  .class = "be_krb_other",
	  .text = "The account has no Kerberos key. Set its password anew, "
		  "which makes one." },
	{ .name = "-2146893004",
	  .also = "0x80090334 SEC_E_NO_TGT_REPLY",
	  .class = "be_krb_other",
	  .text = "The other side did not send the ticket that this kind of "
		  "logon needs (user to user)." },
	{ .name = "-2146892985",
	  .also = "0x80090347 SEC_E_MULTIPLE_ACCOUNTS",
	  .class = "be_krb_other",
	  .text = "Several accounts hold the same service principal name "
		  "(SPN). Find them with setspn -X, and leave the name with "
		  "the one that it belongs to." },
	{ .name = "-2146892976",
	  .also = "0x80090350 SEC_E_DOWNGRADE_DETECTED",
	  .class = "be_krb_other",
	  .text = "Windows refused a weaker logon in place of Kerberos: no "
		  "domain controller could be reached at that moment, or "
		  "someone tampers with the connection." },
	{ .name = NULL }
};
