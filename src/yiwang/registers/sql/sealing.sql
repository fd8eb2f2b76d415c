-- Fields that lie encrypted: AES-256-CBC with a random IV, then HMAC-SHA256 over what was encrypted and where
-- it belongs (register, field, entry). The keys are those of the session, 3 x 32 bytes in hex: to encrypt, to
-- authenticate, to find equal values. They are set by a bound parameter when a process connects, so that no
-- statement's text holds them. A stored value: version (1 byte), mark of the key (4), IV (16), code (32), rest.

CREATE EXTENSION IF NOT EXISTS pgcrypto;

CREATE OR REPLACE FUNCTION reg.sealing_key(place integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
DECLARE
    kept text := current_setting('yiwang.sealing', true);
BEGIN
    IF kept IS NULL OR length(kept) <> 192 THEN
        RAISE EXCEPTION 'no sealing keys in this session' USING ERRCODE = 'YW001';
    END IF;
    RETURN decode(substr(kept, 1 + 64 * place, 64), 'hex');
END
$body$;

CREATE OR REPLACE FUNCTION reg.seal(plain text, place text, entry bigint) RETURNS bytea
LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $body$
DECLARE
    key bytea;
    mark bytea;
    iv bytea;
    body bytea;
BEGIN
    IF plain IS NULL THEN
        RETURN NULL;
    END IF;
    key := reg.sealing_key(0);
    mark := '\x01'::bytea || substr(sha256(key), 1, 4);
    iv := gen_random_bytes(16);
    body := encrypt_iv(convert_to(plain, 'UTF8'), key, iv, 'aes-cbc/pad:pkcs');
    RETURN mark || iv
        || hmac(mark || iv || convert_to(place || '/' || entry || '/', 'UTF8') || body, reg.sealing_key(1), 'sha256')
        || body;
END
$body$;

CREATE OR REPLACE FUNCTION reg.unseal(sealed bytea, place text, entry bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
DECLARE
    key bytea;
    mark bytea;
    body bytea;
BEGIN
    IF sealed IS NULL THEN
        RETURN NULL;
    END IF;
    key := reg.sealing_key(0);
    mark := '\x01'::bytea || substr(sha256(key), 1, 4);
    IF substr(sealed, 1, 5) <> mark THEN
        RAISE EXCEPTION 'sealed under another key' USING ERRCODE = 'YW002';
    END IF;
    body := substr(sealed, 54);
    IF substr(sealed, 22, 32) <> hmac(
        mark || substr(sealed, 6, 16) || convert_to(place || '/' || entry || '/', 'UTF8') || body,
        reg.sealing_key(1), 'sha256')
    THEN
        RAISE EXCEPTION 'a sealed value was changed or belongs elsewhere' USING ERRCODE = 'YW003';
    END IF;
    RETURN convert_from(decrypt_iv(body, key, substr(sealed, 6, 16), 'aes-cbc/pad:pkcs'), 'UTF8');
END
$body$;

-- By which equal values of one field are found; says nothing of a value to who has no key.
CREATE OR REPLACE FUNCTION reg.blind(plain text, place text) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
    IF plain IS NULL THEN
        RETURN NULL;
    END IF;
    RETURN hmac(convert_to(place || '/' || plain, 'UTF8'), reg.sealing_key(2), 'sha256');
END
$body$;
