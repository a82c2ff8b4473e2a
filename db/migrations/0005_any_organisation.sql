-- "Is there any organisation yet?" decides whether the one-time address for the first owner still counts. Shows rows only to
-- whoever asks with this very credential, and only of this table.
CREATE POLICY any_organisation ON organisations FOR SELECT USING ((SELECT shown_credential()) = 'any organisation');
