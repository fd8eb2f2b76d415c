-- Shapes in CGCS2000 (EPSG:4490), longitude first. A shape comes as "longitude latitude", as WKT, GeoJSON or
-- hexadecimal WKB; with "SRID=4547;" before it, it is transformed. What is no shape gives null, not an error,
-- so that one bad row is named and the others go on.

CREATE OR REPLACE FUNCTION reg.shape(t text) RETURNS geometry
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE AS $body$
DECLARE
    found geometry;
BEGIN
    IF t LIKE '{%' THEN
        found := ST_SetSRID(ST_GeomFromGeoJSON(t), 4490);
    ELSE
        found := t::geometry;
        found := CASE ST_SRID(found)
            WHEN 0 THEN ST_SetSRID(found, 4490) WHEN 4490 THEN found ELSE ST_Transform(found, 4490) END;
    END IF;
    found := ST_Force2D(found);
    IF ST_IsEmpty(found) OR NOT ST_Within(ST_Envelope(found), ST_MakeEnvelope(-180, -90, 180, 90, 4490)) THEN
        RETURN NULL;
    END IF;
    RETURN found;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION reg.is_point(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN t ~ '^-?[0-9]{1,3}(\.[0-9]{1,12})? -?[0-9]{1,2}(\.[0-9]{1,12})?$'
    THEN abs(split_part(t, ' ', 1)::numeric) <= 180 AND abs(split_part(t, ' ', 2)::numeric) <= 90
    WHEN t ~* '^(SRID=|POINT|\{|0[01][0-9A-F]{8})' THEN coalesce(GeometryType(reg.shape(t)) = 'POINT', false)
    WHEN t IS NOT NULL THEN false END;

CREATE OR REPLACE FUNCTION reg.point(t text) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN t ~ '^-?[0-9.]+ -?[0-9.]+$'
    THEN ST_SetSRID(ST_MakePoint(split_part(t, ' ', 1)::float8, split_part(t, ' ', 2)::float8), 4490)
    ELSE reg.shape(t) END;

CREATE OR REPLACE FUNCTION reg.is_path(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN t IS NOT NULL
    THEN coalesce(GeometryType(reg.shape(t)) IN ('LINESTRING', 'MULTILINESTRING'), false) END;

CREATE OR REPLACE FUNCTION reg.is_area(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN t IS NOT NULL
    THEN coalesce(GeometryType(reg.shape(t)) IN ('POLYGON', 'MULTIPOLYGON'), false) END;

-- Whether the borders of an area cross neither themselves nor each other; null where it is no area at all.
CREATE OR REPLACE FUNCTION reg.is_sound(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ST_IsValid(reg.shape(t));

-- An area whose borders cross, made whole: what the outlines enclose stays, lines and points that remain go.
-- Null where nothing is left of it, or where it is no area.
CREATE OR REPLACE FUNCTION reg.repaired(t text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
    found geometry := ST_CollectionExtract(ST_MakeValid(reg.shape(t), 'method=structure'), 3);
BEGIN
    RETURN CASE WHEN found IS NULL OR ST_IsEmpty(found) OR ST_Area(found) = 0 THEN NULL ELSE found::text END;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$body$;
