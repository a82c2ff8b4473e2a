-- "Send me the link again": whoever names an address makes its links findable, in order to be mailed to that very address and to
-- nobody else. The prefix keeps this credential apart from all others: no address or hash given elsewhere can open it.
CREATE POLICY by_resend ON respondent_links FOR SELECT USING ('resend:' || lower(email) = (SELECT shown_credential()));
