-- Schema of the registers' tables and the checks of their values. Every function is immutable and takes text
-- as it came, so that a whole file is checked by set-based SQL before a single value is cast. None is STRICT:
-- PostgreSQL does not inline a strict function whose body is a CASE, which made GB 11643 cost 35 us a row
-- instead of 2; null gives null all the same.

CREATE SCHEMA IF NOT EXISTS reg;
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE SEQUENCE IF NOT EXISTS reg.entry_id_seq;

CREATE OR REPLACE FUNCTION reg.is_day(y integer, m integer, d integer) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN d BETWEEN 1 AND CASE
    WHEN m IN (1, 3, 5, 7, 8, 10, 12) THEN 31
    WHEN m IN (4, 6, 9, 11) THEN 30
    WHEN m = 2 AND (mod(y, 4) = 0 AND mod(y, 100) <> 0 OR mod(y, 400) = 0) THEN 29
    WHEN m = 2 THEN 28
    ELSE 0
END;

CREATE OR REPLACE FUNCTION reg.is_date(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN t ~ '^(1[5-9]|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$'
    THEN reg.is_day(substr(t, 1, 4)::integer, substr(t, 6, 2)::integer, substr(t, 9, 2)::integer)
    WHEN t IS NOT NULL THEN false END;

CREATE OR REPLACE FUNCTION reg.is_moment(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN t ~ '^[0-9-]{10}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?$'
    THEN reg.is_date(substr(t, 1, 10)) WHEN t IS NOT NULL THEN false END;

-- A moment without an offset is meant in Beijing time, the only civil time of the country.
CREATE OR REPLACE FUNCTION reg.moment(t text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN substr(t, 11) ~ '[Z+-]' THEN t::timestamptz
    ELSE t::timestamp AT TIME ZONE 'Asia/Shanghai' END;

-- GB 11643-1999: region (its province of GB/T 2260, 81 to 83 for residence permits), birth date, sequence, check character by ISO 7064 MOD 11-2. The weights sum to 100,
-- so the codes of the digits (48 more than their worth) add 4800 = 4 (mod 11).
CREATE OR REPLACE FUNCTION reg.is_resident_id(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN t ~ '^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)[0-9]{4}(18[5-9]|19[0-9]|20[0-9])[0-9](0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$' THEN
        reg.is_day(substr(t, 7, 4)::integer, substr(t, 11, 2)::integer, substr(t, 13, 2)::integer)
        AND substr(t, 18, 1) = substr('10X98765432', 1 + mod(
            7 * ascii(t) + 9 * ascii(substr(t, 2, 1)) + 10 * ascii(substr(t, 3, 1))
            + 5 * ascii(substr(t, 4, 1)) + 8 * ascii(substr(t, 5, 1)) + 4 * ascii(substr(t, 6, 1))
            + 2 * ascii(substr(t, 7, 1)) + ascii(substr(t, 8, 1)) + 6 * ascii(substr(t, 9, 1))
            + 3 * ascii(substr(t, 10, 1)) + 7 * ascii(substr(t, 11, 1)) + 9 * ascii(substr(t, 12, 1))
            + 10 * ascii(substr(t, 13, 1)) + 5 * ascii(substr(t, 14, 1)) + 8 * ascii(substr(t, 15, 1))
            + 4 * ascii(substr(t, 16, 1)) + 2 * ascii(substr(t, 17, 1)) - 4, 11), 1)
    WHEN t IS NOT NULL THEN false END;

-- Worth of a character in GB 32100 (I, O, Z, S, V are not used): 0-9, then the letters in order.
CREATE OR REPLACE FUNCTION reg.credit_worth(t text, i integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(t, i, 1)) - 1;

-- GB 32100-2015: registering body and kind (2), division (6), organisation code (9, whose own check some early
-- codes miss), check character with weights 3^(i-1) mod 31.
CREATE OR REPLACE FUNCTION reg.is_credit_code(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN t ~ '^[1-9ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$' THEN
        substr(t, 18, 1) = substr('0YXWUTRQPNMLKJHGFEDCBA987654321', 1 + mod(
            reg.credit_worth(t, 1) + 3 * reg.credit_worth(t, 2) + 9 * reg.credit_worth(t, 3)
            + 27 * reg.credit_worth(t, 4) + 19 * reg.credit_worth(t, 5) + 26 * reg.credit_worth(t, 6)
            + 16 * reg.credit_worth(t, 7) + 17 * reg.credit_worth(t, 8) + 20 * reg.credit_worth(t, 9)
            + 29 * reg.credit_worth(t, 10) + 25 * reg.credit_worth(t, 11) + 13 * reg.credit_worth(t, 12)
            + 8 * reg.credit_worth(t, 13) + 24 * reg.credit_worth(t, 14) + 10 * reg.credit_worth(t, 15)
            + 30 * reg.credit_worth(t, 16) + 28 * reg.credit_worth(t, 17), 31), 1)
    WHEN t IS NOT NULL THEN false END;

-- GB/T 2260 county codes; with three more digits a street or town, with six more a community.
CREATE OR REPLACE FUNCTION reg.is_division(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t ~ '^[1-9][0-9]{5}([0-9]{3}([0-9]{3})?)?$';

-- GB/T 4754: a section letter, then two to four digits of division, group and class.
CREATE OR REPLACE FUNCTION reg.is_industry(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t ~ '^[A-T]([0-9]{2,4})?$';

-- GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated.
CREATE OR REPLACE FUNCTION reg.is_sex(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t IN ('0', '1', '2', '9');

-- GB/T 3304: 01 to 56, 97 others, 98 foreign blood with Chinese nationality.
CREATE OR REPLACE FUNCTION reg.is_ethnic_group(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t ~ '^(0[1-9]|[1-4][0-9]|5[0-6]|97|98)$';

CREATE OR REPLACE FUNCTION reg.is_phone(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t ~ '^((\+86)?1[3-9][0-9]{9}|(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(-[0-9]{1,6})?|[14]00-?[0-9]{3}-?[0-9]{4}|1[0-9]{2,4})$';

CREATE OR REPLACE FUNCTION reg.is_integer(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t ~ '^-?[0-9]{1,18}$';

CREATE OR REPLACE FUNCTION reg.is_decimal(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t ~ '^-?[0-9]{1,20}(\.[0-9]{1,6})?$';

CREATE OR REPLACE FUNCTION reg.is_money(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t ~ '^-?[0-9]{1,16}(\.[0-9]{1,2})?$';

CREATE OR REPLACE FUNCTION reg.is_yes_no(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t IN ('true', 'false', '1', '0', '是', '否');

CREATE OR REPLACE FUNCTION reg.yes_no(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t IN ('true', '1', '是');

-- Text that a person can read: no control characters but line breaks and tabs.
CREATE OR REPLACE FUNCTION reg.is_line(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]';

CREATE OR REPLACE FUNCTION reg.is_prose(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t !~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]';

-- A cell that a spreadsheet would run; a number or telephone number may begin with a sign.
CREATE OR REPLACE FUNCTION reg.is_formula(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN t ~ '^([=@\t\r]|[+-][^0-9.])';

-- "longitude latitude" in degrees of CGCS2000 (EPSG:4490).
CREATE OR REPLACE FUNCTION reg.is_point(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN t ~ '^-?[0-9]{1,3}(\.[0-9]{1,12})? -?[0-9]{1,2}(\.[0-9]{1,12})?$'
    THEN abs(split_part(t, ' ', 1)::numeric) <= 180 AND abs(split_part(t, ' ', 2)::numeric) <= 90
    WHEN t IS NOT NULL THEN false END;

CREATE OR REPLACE FUNCTION reg.point(t text) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ST_SetSRID(ST_MakePoint(split_part(t, ' ', 1)::float8, split_part(t, ' ', 2)::float8), 4490);

CREATE OR REPLACE FUNCTION reg.is_json(t text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL UNSAFE STRICT AS $body$
BEGIN
    PERFORM t::jsonb;
    RETURN true;
EXCEPTION WHEN data_exception THEN
    RETURN false;
END
$body$;
