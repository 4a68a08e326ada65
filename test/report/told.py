# SPDX-License-Identifier: MIT
"""Days that are told in words of their own: quiet after bad ones, with logs
missing, with clients alone, repaired."""

import email
import email.policy

from days import GEN

# Words of the text, up to its findings, and of the subject of a mail.
DAYS = {
    # A bad day is over, but only because nobody was at work.
    "2026-11-14": ("All quiet on Saturday 2026-11-14: nobody sent a request, "
                   "nobody was asked for a password; 4 users were on Friday "
                   "2026-11-13.",
                   "Gone since Friday 2026-11-13: 2 classes, target "
                   "cas10-02.contoso.com (but no request to it worked), 4 "
                   "users.",
                   "Subject: rpclog: all quiet on 2026-11-14 (4 users the day "
                   "before), no request at all"),
    "2026-11-16": ("6 users were asked for a password on Monday 2026-11-16, 6 "
                   "more than on Sunday 2026-11-15.",
                   "New since Sunday 2026-11-15: class be_krb_invalid_token, "
                   "target cas10-02.contoso.com, 6 users (3 never before).",
                   "Subject: rpclog: 6 users prompted on 2026-11-16 (+6), "
                   "cas10-02"),
    "2026-11-17": ("6 users were asked for a password on Tuesday 2026-11-17, "
                   "as many as on Monday 2026-11-16.",
                   "Nothing new and nothing gone since Monday 2026-11-16.",
                   "Subject: rpclog: 6 users prompted on 2026-11-17 (+0), "
                   "cas10-02"),
}


def check_words(tally, folder, asked, want):
    text = folder.report("text", *asked).decode().split("\nFindings\n")[0]
    mail = email.message_from_bytes(folder.report("mail", *asked),
                                    policy=email.policy.default)
    said = " ".join(f"{text} Subject: {mail['Subject']}".split())
    for sentence in want:
        tally.check(sentence in said, f"{' '.join(asked)}: no {sentence!r}",
                    said)


def check_days(_scenario, folder, tally):
    """A day is told as what it is beside the one before."""
    for day, want in DAYS.items():
        check_words(tally, folder, ("-d", "report.db", "--day", day), want)
    # So many days that logs of most days before are missing.
    check_words(tally, folder,
                ("-d", "report.db", "-S", "2026-11-14", "-U", "2026-11-21"),
                ("Compare with care: of 2026-11-07 to 2026-11-13, logs of 71 "
                 "% of the days are missing.",))
    folder.run(GEN, "--scenario", "dx-password-spray-nameless", "--out",
               "nameless", code=0)
    check_words(tally, folder, ("nameless", "--day", "2026-11-16"),
                ("1 client without a user name was asked for a password on "
                 "Monday 2026-11-16.", "clients prompted 1",
                 "Logs are missing of ex16-01 (20 hours), ex16-02 (20 hours): "
                 "figures may be too low.",
                 "Subject: rpclog: 1 client without a user name prompted on "
                 "2026-11-16"))
    folder.run(GEN, "--scenario", "healthy", "--out", "healthy", code=0)
    check_words(tally, folder, ("healthy", "--day", "2026-11-16"),
                ("All quiet on Monday 2026-11-16, as far as there are logs: "
                 "nobody was asked for a password in 2201 requests.",
                 "Subject: rpclog: all quiet on 2026-11-16, but logs are "
                 "missing or damaged"))
    folder.run(GEN, "--scenario", "patched", "--out", "patched", code=0)
    check_words(tally, folder, ("patched", "--day", "2026-11-16"),
                ("- repaired: cas10-02.contoso.com (12 users): Exchange "
                 "2010/2007 server that failed as without update KB3140410; "
                 "it works since 2026-11-16 04:01.",))
